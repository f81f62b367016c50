package io.nave.centre;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.centre.ConsentForm.Choice;
import io.nave.sync.Act;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out what a customer sent: all of it, or nothing where something is wrong. */
@ApplicationScoped
class Save {
  private static final String LANGUAGE = "language";

  private final Act act;
  private final CentreConfig config;
  private final Wishes wishes;
  private final Languages languages;
  private final ProfileForm profile;
  private final Signal signal;

  Save(Act act, CentreConfig config, Wishes wishes, Languages languages, ProfileForm profile) {
    this.act = act;
    this.config = config;
    this.wishes = wishes;
    this.languages = languages;
    this.profile = profile;
    this.signal = new Signal(config.gpc().purposes());
  }

  /**
   * What became of it.
   *
   * @param changes how many things were changed
   * @param errors the key of a text, by field; then nothing was changed
   * @param pending what has to be confirmed: {@code purpose:channel}
   */
  record Outcome(int changes, Map<String, String> errors, List<String> pending) {
    static Outcome mistakes(Map<String, String> errors) {
      return new Outcome(0, errors, List.of());
    }
  }

  /** The page's form. */
  Outcome form(Visit visit, Form form) {
    var errors = new LinkedHashMap<String, String>();
    var patch = profile.read(form, visit.golden(), errors);
    var statement = JsonNodeFactory.instance.objectNode();
    var preferences = statement.putArray("preferences");
    var codes = languages.all().stream().map(Wording::code).toList();
    new PreferenceForm(wishes.all(), codes).read(form, preferences, errors);
    preferences.forEach(
        one -> {
          if (one.path("name").asText().equals(LANGUAGE) && one.path("value").isTextual()) {
            patch.set(LANGUAGE, one.get("value"));
          }
        });
    var choices =
        new ConsentForm(visit.offers(), config.channels()).choices(form, visit.standing());
    var golden = visit.golden().deepCopy();
    ((ObjectNode) golden).setAll(patch);
    var words = visit.statement(golden);
    choices.stream()
        .filter(words::lacksAddress)
        .forEach(
            c ->
                errors.put(
                    ConsentForm.channelField(c.offer().name(), c.channel()), "error.address"));
    if (!errors.isEmpty()) {
      return Outcome.mistakes(errors);
    }
    if (!patch.isEmpty()) {
      statement.set("customer", patch);
    }
    int changes =
        patch.size() + preferences.size() + choices.size() - (patch.has(LANGUAGE) ? 1 : 0);
    return carryOut(visit, statement, words, choices, changes);
  }

  private Outcome carryOut(
      Visit visit, ObjectNode statement, Statement words, List<Choice> choices, int changes) {
    var consents = statement.putArray("consents");
    words.add(consents, choices, Statement.PAGE);
    words.add(consents, signalled(visit, choices), Statement.SIGNAL);
    if (changes == 0 && consents.isEmpty()) {
      return new Outcome(0, Map.of(), List.of());
    }
    return outcome(visit, statement, changes, new ArrayList<>(Statement.pending(choices)));
  }

  private Outcome outcome(Visit visit, ObjectNode statement, int changes, List<String> pending) {
    var done = act.act(visit.opened().link().anchor(), statement);
    return done instanceof Act.Done
        ? new Outcome(changes, Map.of(), pending)
        : Outcome.mistakes(Map.of("", "error.refused"));
  }

  private List<Choice> signalled(Visit visit, List<Choice> choices) {
    return visit.signal()
        ? signal.stops(visit.offers(), visit.standing(), visit.history(), choices)
        : List.of();
  }

  /** Stops everything. */
  Outcome stopAll(Visit visit, String method) {
    var stops = new ConsentForm(visit.offers(), config.channels()).stopAll(visit.standing());
    return stop(visit, stops, method);
  }

  /** Stops what an unsubscribe link is about: all of it where the link names nothing. */
  Outcome stopLinked(Visit visit, String method) {
    var link = visit.opened().link();
    if (link.purpose() == null) {
      return stopAll(visit, method);
    }
    var channel = link.channel() == null ? Offer.ANY : link.channel();
    var stops = new ArrayList<Choice>();
    for (var offer : visit.offers()) {
      if (offer.name().equals(link.purpose()) && !isStopped(visit, offer, channel)) {
        stops.add(new Choice(offer, channel, link.topic(), false));
      }
    }
    return stop(visit, stops, method);
  }

  private static boolean isStopped(Visit visit, Offer offer, String channel) {
    var topic = visit.opened().link().topic();
    return topic == null
        ? visit.standing().isStopped(offer.name(), channel)
        : visit.standing().isTopicStopped(offer.name(), topic, channel);
  }

  private Outcome stop(Visit visit, List<Choice> stops, String method) {
    var statement = JsonNodeFactory.instance.objectNode();
    var words = visit.statement(visit.golden());
    var consents = statement.putArray("consents");
    words.add(consents, stops, method);
    return stops.isEmpty()
        ? new Outcome(0, Map.of(), List.of())
        : outcome(visit, statement, stops.size(), List.of());
  }

  /** Records the browser's signal; a repeated one changes nothing. */
  Outcome signal(Visit visit) {
    var statement = JsonNodeFactory.instance.objectNode();
    var words = visit.statement(visit.golden());
    return carryOut(visit, statement, words, List.of(), 0);
  }
}
