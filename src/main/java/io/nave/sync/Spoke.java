package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent;
import io.nave.platform.FailureKind;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** A connected system that takes deliveries. Implemented by the connectors' runtime. */
public interface Spoke {

  /** The spoke's name. */
  String name();

  /** Whether the hub may create records there. */
  boolean creates();

  /** How many deliveries may be under way at once. */
  int inFlight();

  /** How many deliveries may start in a second; 0: any number. */
  double perSecond();

  /** What {@code from-canonical} reads of a customer. */
  record View(String recordId, UUID customerId, long version, JsonNode state) {}

  /** The vendor record that the spoke should hold, or empty where it cannot hold this customer. */
  Optional<JsonNode> toRecord(View view);

  /** What the spoke will report back once it holds this vendor record. */
  Held reportedBack(JsonNode record);

  /** Whether the spoke has a place for what is said about this. */
  boolean holds(Consent.Subject subject);

  /** Whether {@link #read} is there; where it is not, only what the spoke reports confirms. */
  boolean reads();

  /**
   * Reads what the record holds now, in the words of {@link #reportedBack}; empty where the spoke
   * has no such record. Fails with what {@link #classify} understands.
   */
  CompletionStage<Optional<Held>> read(String recordId);

  /** One write to the spoke. */
  record Parcel(
      String operation,
      String recordId,
      UUID customerId,
      long version,
      JsonNode record,
      JsonNode before) {}

  /**
   * Sends it; yields the record's id there, or fails with {@link CannotHold}, or with what {@link
   * #classify} understands.
   */
  CompletionStage<String> send(Parcel parcel);

  /** The spoke will never hold this customer, and that is no failure. */
  final class CannotHold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotHold(String reason) {
      super(reason);
    }
  }

  /** Who must act on a failure of {@link #send} or {@link #read}. */
  FailureKind classify(Throwable failure);
}
