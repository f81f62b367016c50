package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What holds of a customer's consents, as a page shows it. */
final class Standing {
  private static final String GRANTED = "granted";
  private static final String PENDING = "pending";

  private final JsonNode consents;
  private final String brand;

  /**
   * @param consents the effective ones
   * @param brand the controller whose page it is; null where the company is one
   */
  Standing(JsonNode consents, String brand) {
    this.consents = consents;
    this.brand = brand;
  }

  /** The state of the whole purpose on a channel; null where nobody has said anything. */
  String state(String purpose, String channel) {
    var own = onChannel(purpose, channel).filter(c -> !c.hasNonNull("boundTo")).findFirst();
    if (own.isPresent()) {
      return state(own.get());
    }
    var any = onChannel(purpose, Offer.ANY).filter(c -> !c.hasNonNull("boundTo")).findFirst();
    if (any.isPresent() && isStop(state(any.get()))) {
      return state(any.get());
    }
    return best(onChannel(purpose, channel), any.map(Standing::state).orElse(null));
  }

  /** Consents that are bound to one address count for it: a yes, if any of them is. */
  private static String best(Stream<JsonNode> bound, String otherwise) {
    var states = bound.map(Standing::state).toList();
    if (states.contains(GRANTED) || states.isEmpty()) {
      return states.isEmpty() ? otherwise : GRANTED;
    }
    return states.contains(PENDING) ? PENDING : states.get(0);
  }

  boolean isOn(String purpose, String channel) {
    return GRANTED.equals(state(purpose, channel));
  }

  boolean isPending(String purpose, String channel) {
    return PENDING.equals(state(purpose, channel));
  }

  boolean isStopped(String purpose, String channel) {
    return isStop(state(purpose, channel));
  }

  /** False where she has stopped the topic and not begun it again on some channel. */
  boolean isTopicOn(String purpose, String topic) {
    return !isTopicStopped(purpose, topic)
        || onTopic(purpose, topic).anyMatch(c -> state(c).equals(GRANTED));
  }

  /** Whether the topic as a whole was stopped, whatever was granted since on some channel. */
  boolean isTopicStopped(String purpose, String topic) {
    return onTopic(purpose, topic)
        .anyMatch(c -> c.path("channel").asText().equals(Offer.ANY) && isStop(state(c)));
  }

  /** Whether the topic is stopped on that channel. */
  boolean isTopicStopped(String purpose, String topic, String channel) {
    return onTopic(purpose, topic)
            .anyMatch(c -> channel.equals(c.path("channel").asText()) && isStop(state(c)))
        || isStopped(purpose, channel)
        || isTopicStopped(purpose, topic) && !isTopicOn(purpose, topic);
  }

  private Stream<JsonNode> onChannel(String purpose, String channel) {
    return all(c -> is(c, "purpose", purpose) && is(c, "channel", channel))
        .filter(c -> !c.hasNonNull("topic"));
  }

  private Stream<JsonNode> onTopic(String purpose, String topic) {
    return all(c -> is(c, "purpose", purpose) && is(c, "topic", topic));
  }

  /** Those of the page's brand before those of no brand. */
  private Stream<JsonNode> all(Predicate<JsonNode> wanted) {
    var ours = Stream.concat(ofBrand(brand), brand == null ? Stream.of() : ofBrand(null));
    return ours.filter(wanted);
  }

  private Stream<JsonNode> ofBrand(String name) {
    return StreamSupport.stream(consents.spliterator(), false)
        .filter(c -> Objects.equals(c.path("brand").textValue(), name));
  }

  private static boolean is(JsonNode consent, String part, String value) {
    return value.equals(consent.path(part).textValue());
  }

  private static String state(JsonNode consent) {
    return consent.path("state").asText();
  }

  static boolean isStop(String state) {
    return "withdrawn".equals(state) || "denied".equals(state);
  }
}
