package io.nave.centre;

import io.nave.centre.PageView.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Puts the page together on which a customer sees and changes everything. */
@ApplicationScoped
class ShowPage {
  private static final int LINES = 20;

  private final Frames frames;
  private final CentreConfig config;
  private final Languages languages;
  private final Wishes wishes;
  private final ShowKnown known;
  private final Signal signal;

  ShowPage(
      Frames frames, CentreConfig config, Languages languages, Wishes wishes, ShowKnown known) {
    this.frames = frames;
    this.config = config;
    this.languages = languages;
    this.wishes = wishes;
    this.known = known;
    this.signal = new Signal(config.gpc().purposes());
  }

  /**
   * @param notice what became of her last act; null: nothing
   * @param form what she sent, where it is shown again with its errors; else null
   */
  PageView of(Visit visit, String notice, Form form, Map<String, String> errors) {
    var w = visit.wording();
    var switches = new ShowSwitches(visit, config, form, errors);
    var fields = new ShowFields(visit, form, errors);
    var lines = new ShowHistory(visit, config).lines();
    boolean kept = signal.isKept(visit.standing());
    return new PageView(
        frames.of(visit),
        visit.path() + "?lang=" + w.code(),
        hello(visit),
        notice,
        mistakes(w, errors),
        errors.isEmpty() ? null : w.say("errors", "n", errors.size()),
        known.of(visit),
        visit.signal() && !config.gpc().purposes().isEmpty()
            ? w.say("gpc.on") + (kept ? " " + w.say("gpc.kept") : "")
            : null,
        visit.signal() && asks(visit),
        stopped(visit),
        switches.purposes(true),
        switches.purposes(false),
        fields.wishes(wishes, languages.all()),
        fields.profile(),
        fields.countries(),
        lines.stream().limit(LINES).toList(),
        lines.size() > LINES ? w.say("history.more", "n", lines.size() - LINES) : null);
  }

  private boolean asks(Visit visit) {
    return !signal.stops(visit.offers(), visit.standing(), visit.history(), List.of()).isEmpty();
  }

  private boolean stopped(Visit visit) {
    return new ConsentForm(visit.offers(), config.channels()).stopAll(visit.standing()).isEmpty();
  }

  private static String hello(Visit visit) {
    var given = visit.golden().path("name").path("given").asText("");
    return given.isBlank() ? null : visit.wording().say("hello", "name", given);
  }

  private static List<Mistake> mistakes(Wording w, Map<String, String> errors) {
    return errors.entrySet().stream()
        .map(one -> new Mistake(one.getKey(), w.say(one.getValue())))
        .toList();
  }
}
