package io.nave.sync;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.platform.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connected system that takes deliveries. Implemented by the connectors' runtime. */
public interface Spoke {

  /** The spoke's name. */
  String name();

  /** Whether the hub may create records there. */
  boolean creates();

  /**
   * Whether no two records there have the same e-mail address, so that what is created with one
   * that is taken ends in the record that has it.
   */
  default boolean hasUniqueEmails() {
    return false;
  }

  /**
   * Whether a record is to be read right before it is written, so that what was changed there and
   * is on its way to the hub is not overwritten: the spoke takes no write that depends on what is
   * there. Only where it {@linkplain #reads() can be read}.
   */
  default boolean looksFirst() {
    return false;
  }

  /** How many requests may be under way at once. */
  int inFlight();

  /** How many requests may start in a second; 0: any number. */
  double perSecond();

  /** How many requests may be made from midnight to midnight, UTC; 0: any number. */
  default long perDay() {
    return 0;
  }

  /** The share of a day's requests that only what is urgent may use, 0 to below 1. */
  default double reserve() {
    return 0;
  }

  /** What {@code from-canonical} reads of a customer. */
  record View(String recordId, UUID customerId, long version, JsonNode state) {}

  /** The vendor record that the spoke should hold, or empty where it cannot hold this customer. */
  Optional<JsonNode> toRecord(View view);

  /** What the spoke will report back once it holds this vendor record. */
  Held reportedBack(JsonNode record);

  /**
   * What the spoke will report back once this vendor record has replaced {@code before}: what is
   * taken back may be reported, too.
   *
   * @param before what the record held; null: nothing is known of it
   */
  default Held reportedBack(JsonNode record, JsonNode before) {
    return reportedBack(record);
  }

  /** Whether the spoke has a place for what is said about this. */
  boolean holds(Consent.Subject subject);

  /** Whether {@link #read} is there; where it is not, only what the spoke reports confirms. */
  boolean reads();

  /**
   * Reads what the record holds now, in the words of {@link #reportedBack}; empty where the spoke
   * has no such record. Fails with what {@link #classify} understands.
   */
  CompletionStage<Optional<Held>> read(String recordId);

  /**
   * One write to the spoke.
   *
   * @param quiet whether the vendor's automations are not to be set off, where it offers a way
   */
  record Parcel(
      String operation,
      String recordId,
      UUID customerId,
      long version,
      JsonNode record,
      JsonNode before,
      boolean quiet) {

    /** What the spoke holds where it took all but these fields of the record. */
    JsonNode without(List<JsonPointer> left) {
      JsonNode holds = record.deepCopy();
      for (var field : left) {
        if (holds.at(field.head()) instanceof ObjectNode parent) {
          var name = field.last().getMatchingProperty();
          var had = before == null ? null : before.at(field);
          if (had == null || had.isMissingNode()) {
            parent.remove(name);
          } else {
            parent.set(name, had);
          }
        }
      }
      return holds;
    }
  }

  /**
   * What became of a parcel.
   *
   * @param recordId the record's id in the spoke
   * @param left the fields of the parcel's record that the spoke did not take, so that it holds
   *     what it held before
   */
  record Taken(String recordId, List<JsonPointer> left) {}

  /** What a quiet write keeps from happening there; empty where the vendor offers no way. */
  default Optional<String> quiet() {
    return Optional.empty();
  }

  /** Sends it; fails with {@link CannotHold}, or with what {@link #classify} understands. */
  CompletionStage<Taken> send(Parcel parcel);

  /** The spoke will never hold this customer, and that is no failure. */
  final class CannotHold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotHold(String reason) {
      super(reason);
    }
  }

  /** Whether it can send a message to a person: {@link #tell}. */
  default boolean messages() {
    return false;
  }

  /**
   * A message to one person.
   *
   * @param id the same however often it is tried
   * @param email where it goes
   * @param language its BCP 47 tag
   * @param texts plain texts by name, in the order of the message
   */
  record Message(UUID id, String email, String language, Map<String, String> texts) {}

  /** Sends it, or fails with what {@link #classify} understands. */
  default CompletionStage<Void> tell(Message message) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException(name() + ": sends no messages"));
  }

  /** Who must act on a failure of {@link #send}, {@link #read} or {@link #tell}. */
  FailureKind classify(Throwable failure);

  /** How long the spoke asks to wait with this failure; empty where it does not say. */
  default Optional<Duration> retryAfter(Throwable failure) {
    return Optional.empty();
  }
}
