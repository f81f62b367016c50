package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.canonical.Standardise;
import io.nave.platform.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A spoke that keeps what it is sent: a name, an address, the state of marketing by e-mail, and a
 * home where there is one.
 */
final class ConsentSpoke implements Spoke {
  private static final ObservationReader READER = ObservationReader.load(new Standardise("GB"));

  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  final List<Parcel> parcels = new CopyOnWriteArrayList<>();
  final Map<String, JsonNode> records = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  volatile FailureKind failing;
  volatile FailureKind unreadable;
  volatile boolean canRead = true;

  /** When what it holds was decided; null: it does not say. */
  volatile String decidedAt;

  /** Takes a write, answers that all is well, and forgets the consent: so many times. */
  final AtomicInteger forgetting = new AtomicInteger();

  /** Answers when this is complete. */
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  private final String name;

  ConsentSpoke(String name) {
    this.name = name;
  }

  /** How it fails. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final FailureKind kind;

    Refused(FailureKind kind) {
      super("refused on purpose");
      this.kind = kind;
    }
  }

  /** To break off an answer with. */
  static RuntimeException refused(FailureKind kind) {
    return new Refused(kind);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean creates() {
    return true;
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
  public boolean holds(Consent.Subject subject) {
    return subject.purpose().equals("marketing")
        && List.of("email", "any").contains(subject.channel())
        && subject.topic() == null;
  }

  @Override
  public boolean reads() {
    return canRead;
  }

  @Override
  public Optional<JsonNode> toRecord(View view) {
    var customer = view.state().path("customer");
    var record = JsonNodeFactory.instance.objectNode();
    record.put("given", customer.at("/name/given").asText());
    record.put("mail", customer.at("/emails/0/value").asText());
    var home = customer.at("/addresses/0");
    if (!home.isMissingNode()) {
      record.put("street", home.at("/lines/0").asText()).put("town", home.path("city").asText());
    }
    for (var consent : view.state().path("consents")) {
      boolean own = consent.path("channel").asText().equals("email");
      boolean stop = List.of("withdrawn", "denied").contains(consent.path("state").asText());
      if (own || stop && consent.path("channel").asText().equals("any")) {
        record.put("marketing", consent.path("state").asText());
      }
    }
    return Optional.of(record);
  }

  @Override
  public Held reportedBack(JsonNode record) {
    var report = CanonicalJson.parse(report("?", "2026-01-01T00:00:00Z", record));
    var read = (ObservationReader.Read) READER.read((ObjectNode) report, LATER);
    return new Held(read.observation().customer(), read.observation().consents(), null);
  }

  /** How it reports what it holds. */
  String report(String recordId, String at, JsonNode record) {
    var who =
        Say.name(record.path("given").asText(), "Rees") + Say.mail(record.path("mail").asText());
    var said = Say.snapshot(name, recordId, at, who + home(record));
    var state = record.path("marketing").asText("");
    return state.isEmpty() ? said : Say.consent(said, "marketing", "email", state, decidedAt);
  }

  private static String home(JsonNode record) {
    var street = record.path("street").asText("");
    return street.isEmpty()
        ? ""
        : ",\"addresses\":[{\"lines\":[\"%s\"],\"city\":\"%s\"}]"
            .formatted(street, record.path("town").asText());
  }

  @Override
  public CompletionStage<Taken> send(Parcel parcel) {
    parcels.add(parcel);
    var kind = failing;
    if (kind != null) {
      return CompletableFuture.failedFuture(new Refused(kind));
    }
    var id = parcel.recordId() == null ? "new-" + parcels.size() : parcel.recordId();
    var kept = written(parcel);
    if (forgetting.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      kept.remove("marketing");
    }
    records.put(id, kept);
    return gate.thenApply(open -> new Taken(id, List.of()));
  }

  /** Only what differs is sent. */
  private ObjectNode written(Parcel parcel) {
    ObjectNode record = parcel.record().deepCopy();
    if (records.get(parcel.recordId() == null ? "" : parcel.recordId()) instanceof ObjectNode now) {
      var before = parcel.before();
      now.properties().stream()
          .filter(field -> record.path(field.getKey()).equals(before.path(field.getKey())))
          .forEach(field -> record.set(field.getKey(), field.getValue()));
    }
    return record;
  }

  @Override
  public CompletionStage<Optional<Held>> read(String recordId) {
    reads.incrementAndGet();
    var kind = unreadable;
    return kind == null
        ? CompletableFuture.completedFuture(
            Optional.ofNullable(records.get(recordId)).map(this::reportedBack))
        : CompletableFuture.failedFuture(new Refused(kind));
  }

  @Override
  public FailureKind classify(Throwable failure) {
    return failure instanceof Refused refused ? refused.kind : FailureKind.PERMANENT;
  }
}
