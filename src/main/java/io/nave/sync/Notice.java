package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one record has to hold of one consent.
 *
 * @param version the customer's version that says so
 * @param state the consent's
 * @param urgent read back before all others
 * @param noticedAt when the hub begins to tell it
 */
record Notice(
    SourceKey key,
    UUID customer,
    long version,
    Consent.Subject subject,
    Consent.State state,
    Instant decidedAt,
    boolean urgent,
    Instant noticedAt) {

  /**
   * What one record has to hold and says itself.
   *
   * @param recordedAt when the hub heard it say so
   */
  record Said(Notice notice, Instant recordedAt) {}

  /** A consent as a customer's state carries it. */
  record Standing(Consent.Subject subject, Consent.State state, Instant decidedAt) {}

  /** The effective consents of a customer's state. */
  static List<Standing> standing(JsonNode state) {
    var standing = new ArrayList<Standing>();
    for (var one : state.path("consents")) {
      var subject =
          new Consent.Subject(
              text(one, "purpose"),
              text(one, "channel"),
              text(one, "topic"),
              text(one, "brand"),
              text(one, "boundTo"));
      var at = text(one, "decidedAt");
      standing.add(
          new Standing(
              subject,
              Consent.State.valueOf(text(one, "state")),
              at == null ? null : IsoTime.read(at)));
    }
    return standing;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText(null);
  }
}
