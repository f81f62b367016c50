package io.nave.centre;

import java.util.List;
import java.util.Map;

/** What a consent is about, in the words of one language. */
final class Subjects {
  private final Wording w;
  private final List<Offer> offers;

  Subjects(Wording w, List<Offer> offers) {
    this.w = w;
    this.offers = offers;
  }

  /** Such as “Marketing” (e-mail). */
  String title(String purpose, String channel, String topic) {
    var offer = offers.stream().filter(o -> o.name().equals(purpose)).findFirst();
    var title = offer.map(o -> w.title(o.title(), purpose)).orElse(purpose);
    var key = "channel." + channel;
    var by = w.has(key) ? w.say(key) : channel;
    if (topic == null) {
      return w.say("history.what", "purpose", title, "channel", by);
    }
    var about = offer.map(o -> w.title(o.topics().getOrDefault(topic, Map.of()), topic));
    return w.say("history.topic", "purpose", title, "topic", about.orElse(topic), "channel", by);
  }
}
