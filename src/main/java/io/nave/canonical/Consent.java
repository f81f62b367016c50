package io.nave.canonical;

import java.time.Instant;
import java.util.Map;

/**
 * One statement about consent, as a source makes it.
 *
 * @param channel email, sms, phone, post, push, messaging or any
 * @param topic null: the purpose as a whole
 * @param brand the controller, null where the company has one
 * @param boundTo the number or address the consent is tied to, or null
 * @param state granted, denied, withdrawn, pending or expired
 * @param decidedAt when the customer decided; null where the source does not know
 * @param evidence method, url, notice, actor and whatever else proves it; never null
 */
public record Consent(
    String purpose,
    String channel,
    String topic,
    String brand,
    String boundTo,
    State state,
    Instant decidedAt,
    String legalBasis,
    Map<String, Object> evidence) {

  public Consent {
    evidence = evidence == null ? Map.of() : evidence;
  }

  /** The five states of a consent; only {@link #granted} allows anything. */
  public enum State {
    granted,
    denied,
    withdrawn,
    pending,
    expired
  }

  /** What the statement is about: the key under which the latest decision counts. */
  public record Subject(
      String purpose, String channel, String topic, String brand, String boundTo) {}

  /** What this statement is about. */
  public Subject subject() {
    return new Subject(purpose, channel, topic, brand, boundTo);
  }
}
