package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.Confirmations.Due;
import io.nave.sync.Links;
import io.nave.sync.Spoke.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Writes the message by which a customer confirms, in her language and in the brand's name. */
@ApplicationScoped
class Letters {
  /** Whoever types her address into a form chooses the name, too: no addresses, no sentences. */
  private static final String NAME = "[\\p{L}\\p{M}][\\p{L}\\p{M}'’ -]{0,39}";

  private final Languages languages;
  private final CentreConfig config;
  private final Offers offers;
  private final CentreAddress address;
  private final Clock clock;

  Letters(
      Languages languages, CentreConfig config, Offers offers, CentreAddress address, Clock clock) {
    this.languages = languages;
    this.config = config;
    this.offers = offers;
    this.address = address;
    this.clock = clock;
  }

  /** Why there is nothing to send; empty where there is. */
  Optional<String> obstacle(Due due) {
    if (due.state() == null) {
      return Optional.of("nobody is known by that record any more");
    }
    var standing = new Standing(due.state().path("consents"), offers.controller(due.brand()));
    if (!standing.isPending(due.purpose(), due.channel())) {
      return Optional.of("it waits for no confirmation any more");
    }
    return email(due) == null ? Optional.of("no e-mail address") : Optional.empty();
  }

  /** The address that the message goes to; null: none. */
  String email(Due due) {
    return ProfileForm.primary(customer(due).path("emails")).path("value").textValue();
  }

  private static JsonNode customer(Due due) {
    return due.state().path("customer");
  }

  Message write(Due due, Links.Made link) {
    var w = languages.choose(due.language(), null, null);
    var look = config.brand(due.brand());
    var brand = w.title(look.title(), look.name());
    var what =
        new Subjects(w, offers.at(clock.instant())).title(due.purpose(), due.channel(), null);
    var texts = new LinkedHashMap<String, String>();
    texts.put("subject", w.say("message.subject", "what", what));
    texts.put("greeting", greeting(w, customer(due).path("name").path("given").asText()));
    texts.put("words", w.say("message.words", "brand", brand, "what", what));
    texts.put("button", w.say("message.button"));
    texts.put("link", address.of(link.token()) + "?lang=" + w.code());
    texts.put("note", w.say("message.note", "day", w.day(link.expiresAt(), config.zone())));
    texts.put("brand", brand);
    texts.put("direction", w.direction());
    return new Message(due.id(), email(due), w.code(), texts);
  }

  private static String greeting(Wording w, String given) {
    return given.matches(NAME) ? w.say("hello", "name", given) : w.say("message.greeting");
  }
}
