package io.nave.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.nave.canonical.Consent;
import java.time.Instant;

/**
 * Whether one system knows of one consent of a customer.
 *
 * @param consent what it has to hold
 * @param entry the ledger entry that decides; null where a wider one does, or none is found
 * @param recordId null while the record is yet to be created there
 * @param noticedAt when the hub came to know that the system has to hold it
 * @param confirmedBy {@code read}: it was read back; {@code echo}: the system reported it; {@code
 *     own}: the system said so itself
 * @param reason why it is not there, or not confirmed
 * @param replacedAt when a later decision took its place; null for what holds now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Knowing(
    Consent.Subject subject,
    Consent.State consent,
    Instant decidedAt,
    Long entry,
    String spoke,
    String recordId,
    State state,
    Instant noticedAt,
    Instant sentAt,
    Instant confirmedAt,
    String confirmedBy,
    Instant deadline,
    boolean late,
    String reason,
    Instant replacedAt) {

  /** How far it is. */
  public enum State {
    @JsonProperty("pending")
    PENDING("pending"),
    @JsonProperty("sent")
    SENT("sent"),
    @JsonProperty("confirmed")
    CONFIRMED("confirmed"),
    @JsonProperty("failed")
    FAILED("failed"),
    @JsonProperty("cannot-hold")
    CANNOT_HOLD("cannot-hold");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As in the database and in JSON. */
    public String word() {
      return word;
    }

    /** The state of this word; null where there is none. */
    public static State of(String word) {
      for (var state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      return null;
    }

    /** Neither confirmed nor impossible. */
    public boolean isOpen() {
      return this == PENDING || this == SENT || this == FAILED;
    }
  }
}
