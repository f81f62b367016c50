package io.nave.sync;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.canonical.Standardise;
import io.nave.platform.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A spoke that holds given name and first e-mail address, and answers as it is told to. */
final class FakeSpoke implements Spoke {
  private static final ObservationReader READER = ObservationReader.load(new Standardise("GB"));

  final List<Parcel> parcels = new CopyOnWriteArrayList<>();
  volatile FailureKind failing;

  /** The fields that it does not take. */
  volatile List<JsonPointer> leaving = List.of();

  volatile boolean reads;
  volatile boolean looksFirst;
  volatile Runnable whenRead = () -> {};
  final Map<String, JsonNode> there = new ConcurrentHashMap<>();
  volatile String taking;
  volatile boolean uniqueEmails;
  volatile Duration asked;
  volatile long perDay;
  volatile double reserve;
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** How a fake spoke fails. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final FailureKind kind;

    Refused(FailureKind kind) {
      super("refused on purpose");
      this.kind = kind;
    }
  }

  @Override
  public String name() {
    return "esp";
  }

  @Override
  public boolean creates() {
    return true;
  }

  @Override
  public boolean looksFirst() {
    return looksFirst;
  }

  @Override
  public boolean hasUniqueEmails() {
    return uniqueEmails;
  }

  @Override
  public int inFlight() {
    return 2;
  }

  @Override
  public double perSecond() {
    return 0;
  }

  @Override
  public long perDay() {
    return perDay;
  }

  @Override
  public double reserve() {
    return reserve;
  }

  @Override
  public Optional<Duration> retryAfter(Throwable failure) {
    return Optional.ofNullable(asked);
  }

  @Override
  public Optional<JsonNode> toRecord(View view) {
    var customer = view.state().path("customer");
    var mail = customer.path("emails").path(0).path("value");
    if (mail.isMissingNode()) {
      return Optional.empty();
    }
    var record = JsonNodeFactory.instance.objectNode();
    record.put("given", customer.path("name").path("given").asText());
    return Optional.of(record.put("mail", mail.asText()));
  }

  @Override
  public Held reportedBack(JsonNode record) {
    var read = READER.read((ObjectNode) report("?", "2026-01-01T00:00:00Z", record), Say.RECEIVED);
    return new Held(((ObservationReader.Read) read).observation().customer(), null, null);
  }

  /** How the spoke reports a record that it holds. */
  static JsonNode report(String recordId, String at, JsonNode record) {
    return CanonicalJson.parse(
        Say.snapshot(
            "esp",
            recordId,
            at,
            "\"name\":{\"given\":\"%s\"}".formatted(record.path("given").asText())
                + Say.mail(record.path("mail").asText())));
  }

  @Override
  public boolean holds(Consent.Subject subject) {
    return false;
  }

  @Override
  public boolean reads() {
    return reads;
  }

  @Override
  public CompletionStage<Optional<Held>> read(String recordId) {
    var kind = failing;
    whenRead.run();
    return kind == null
        ? CompletableFuture.completedFuture(
            Optional.ofNullable(there.get(recordId)).map(this::reportedBack))
        : CompletableFuture.failedFuture(new Refused(kind));
  }

  @Override
  public CompletionStage<Taken> send(Parcel parcel) {
    parcels.add(parcel);
    var created = taking == null ? "new-" + parcels.size() : taking;
    var id = parcel.recordId() == null ? created : parcel.recordId();
    var kind = failing;
    if (kind == null) {
      there.put(id, parcel.without(leaving));
    }
    return kind == null
        ? gate.thenApply(open -> new Taken(id, leaving))
        : CompletableFuture.failedFuture(new Refused(kind));
  }

  @Override
  public FailureKind classify(Throwable failure) {
    return failure instanceof Refused refused ? refused.kind : FailureKind.PERMANENT;
  }
}
