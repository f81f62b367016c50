package io.nave.api;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/** What requests carry in their addresses. */
final class Parameters {
  private Parameters() {}

  /** Null for what is no UUID. */
  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException wrong) {
      return null;
    }
  }

  static Response notAnId(String id) {
    return Problem.of(400, "Not a customer id", "id: " + id + " (expected: a UUID)");
  }

  /** A time with an offset; a blank before the offset is a "+" that was not escaped. Or null. */
  static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException wrong) {
      return null;
    }
  }
}
