package io.nave.connectors.acoustic;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns rows of exports into the connector's records: local times become ISO 8601 in UTC. */
final class Records {
  private static final String MODIFIED = "Last Modified Date";
  private final AccountTimes times;
  private final Instant lastLook;
  private Instant latest = Instant.MIN;

  /**
   * @param lastLook a contact that was not found then was modified since; this narrows the vendor's
   *     minutes
   */
  Records(AccountTimes times, Instant lastLook) {
    this.times = times;
    this.lastLook = lastLook;
  }

  /** A contact. */
  Map<String, Object> contact(Map<String, Object> row) {
    Map<String, Object> record = new LinkedHashMap<>(row);
    record.computeIfPresent("Opt In Date", (name, text) -> moment(text).first().toString());
    record.computeIfPresent("Opted Out Date", (name, text) -> moment(text).first().toString());
    record.computeIfPresent(MODIFIED, (name, text) -> modified(text).toString());
    return record;
  }

  private Instant modified(Object text) {
    Instant at = moment(text).notBefore(lastLook);
    latest = at.isAfter(latest) ? at : latest;
    return at;
  }

  /** The latest modification that was found so far: the look was made after it. */
  Instant latest() {
    return latest;
  }

  /** Someone opted out or in. */
  Map<String, Object> decision(Map<String, Object> row) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("RECIPIENT_ID", row.get("Recipient Id"));
    record.put("_event", row.get("Event Type"));
    Object at = row.get("Event Timestamp");
    boolean out = "Opt Out".equals(row.get("Event Type"));
    if (at != null) {
      AccountTimes.Moment moment = moment(at);
      record.put("_at", (out ? moment.last() : moment.first()).toString());
    }
    copy(row, record, "CONSENT_EMAIL");
    copy(row, record, "CONSENT_EMAIL_DATE");
    return record;
  }

  private AccountTimes.Moment moment(Object text) {
    return times.read(text.toString());
  }

  private static void copy(Map<String, Object> from, Map<String, Object> to, String name) {
    if (from.get(name) != null) {
      to.put(name, from.get(name));
    }
  }
}
