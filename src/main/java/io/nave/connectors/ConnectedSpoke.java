package io.nave.connectors;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.platform.FailureKind;
import io.nave.sync.CanonicalJson;
import io.nave.sync.Held;
import io.nave.sync.ObservationReader;
import io.nave.sync.Spoke;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;

/** A spoke with a connector: its mappings, its limits, and its route {@code <spoke>-out}. */
final class ConnectedSpoke implements Spoke {
  private static final Held NOTHING = CanonicalJson.read("{\"customer\":{}}", Held.class);

  private final String name;
  private final ConnectorDescriptor connector;
  private final boolean creates;
  private final Mapping toCanonical;
  private final Mapping fromCanonical;
  private final ObservationReader reader;
  private final ProducerTemplate producer;
  private final Clock clock;

  ConnectedSpoke(
      String name,
      ConnectorDescriptor connector,
      boolean creates,
      Mapping toCanonical,
      Mapping fromCanonical,
      ObservationReader reader,
      ProducerTemplate producer,
      Clock clock) {
    this.name = name;
    this.connector = connector;
    this.creates = creates && connector.abilities().create();
    this.toCanonical = toCanonical;
    this.fromCanonical = fromCanonical;
    this.reader = reader;
    this.producer = producer;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean creates() {
    return creates;
  }

  @Override
  public boolean hasUniqueEmails() {
    return connector.uniqueEmail();
  }

  @Override
  public boolean looksFirst() {
    return connector.lookFirst();
  }

  @Override
  public int inFlight() {
    return Math.max(1, connector.limits().inFlight());
  }

  @Override
  public double perSecond() {
    return connector.limits().perSecond();
  }

  @Override
  public long perDay() {
    return connector.limits().perDay();
  }

  @Override
  public double reserve() {
    return connector.limits().reserve();
  }

  @Override
  public Optional<JsonNode> toRecord(View view) {
    var input = JsonNodeFactory.instance.objectNode();
    input.put("recordId", view.recordId());
    input.put("customerId", view.customerId().toString());
    input.put("version", view.version());
    input.setAll((ObjectNode) view.state());
    for (var list : List.of("consents", "preferences")) {
      if (!input.has(list)) {
        input.putArray(list);
      }
    }
    return fromCanonical.apply(input, name, clock.instant());
  }

  @Override
  public Held reportedBack(JsonNode record) {
    var observation = toCanonical.apply(record, name, clock.instant()).orElse(null);
    if (observation != null && observation.isArray()) {
      observation = observation.get(0);
    }
    if (!(observation instanceof ObjectNode object)) {
      return NOTHING;
    }
    if (!object.hasNonNull("recordId")) {
      object.put("recordId", "?");
    }
    var answer = reader.read(name, object, clock.instant());
    return answer instanceof ObservationReader.Read read
        ? new Held(
            read.observation().customer(),
            read.observation().consents(),
            read.observation().preferences())
        : NOTHING;
  }

  /** A tick that the hub takes away is reported as one that is not there. */
  @Override
  public Held reportedBack(JsonNode record, JsonNode before) {
    if (!(record instanceof ObjectNode) || before == null) {
      return reportedBack(record);
    }
    ObjectNode expected = record.deepCopy();
    before
        .properties()
        .forEach(
            field -> {
              if (field.getValue().booleanValue() && !expected.hasNonNull(field.getKey())) {
                expected.put(field.getKey(), false);
              }
            });
    return reportedBack(expected);
  }

  @Override
  public boolean holds(Consent.Subject subject) {
    return connector.holds(subject);
  }

  @Override
  public boolean reads() {
    return connector.abilities().read();
  }

  @Override
  public CompletionStage<Optional<Held>> read(String recordId) {
    var body = new HashMap<String, Object>();
    body.put("operation", "read");
    body.put("recordId", recordId);
    return exchange(body).thenCompose(this::found);
  }

  @Override
  public CompletionStage<Taken> send(Parcel parcel) {
    return exchange(body(parcel)).thenCompose(ConnectedSpoke::taken);
  }

  @Override
  public Optional<String> quiet() {
    return Optional.ofNullable(connector.quiet());
  }

  @Override
  public boolean messages() {
    return connector.abilities().message();
  }

  @Override
  public CompletionStage<Void> tell(Message message) {
    var body = new HashMap<String, Object>();
    body.put("operation", "message");
    body.put("id", message.id().toString());
    body.put("email", message.email());
    body.put("language", message.language());
    body.put("texts", message.texts());
    return exchange(body).thenCompose(ConnectedSpoke::told);
  }

  private static CompletionStage<Void> told(Exchange exchange) {
    return exchange.getException() == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(ConnectorDescriptor.inShort(exchange.getException()));
  }

  private CompletionStage<Exchange> exchange(Map<String, Object> body) {
    var exchange =
        ExchangeBuilder.anExchange(producer.getCamelContext())
            .withPattern(ExchangePattern.InOut)
            .withBody(body)
            .build();
    return producer.asyncSend("direct:nave-deliver-" + name, exchange);
  }

  private CompletionStage<Optional<Held>> found(Exchange exchange) {
    if (exchange.getException() != null) {
      return CompletableFuture.failedFuture(ConnectorDescriptor.inShort(exchange.getException()));
    }
    var answer = exchange.getMessage().getBody();
    if (answer instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("gone"))) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return answer instanceof Map<?, ?> map && map.get("record") != null
        ? CompletableFuture.completedFuture(
            Optional.of(reportedBack(CanonicalJson.tree(map.get("record")))))
        : CompletableFuture.failedFuture(
            new IllegalStateException("the sink's answer: no record (expected: {record: …})"));
  }

  private static Map<String, Object> body(Parcel parcel) {
    var body = new HashMap<String, Object>();
    body.put("operation", parcel.operation());
    body.put("recordId", parcel.recordId());
    body.put("customerId", parcel.customerId().toString());
    body.put("version", parcel.version());
    body.put("record", map(parcel.record()));
    body.put("before", map(parcel.before()));
    body.put("quiet", parcel.quiet());
    return body;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonNode record) {
    return record == null ? null : CanonicalJson.read(record, Map.class);
  }

  private static CompletionStage<Taken> taken(Exchange exchange) {
    if (exchange.getException() != null) {
      return CompletableFuture.failedFuture(ConnectorDescriptor.inShort(exchange.getException()));
    }
    if (!(exchange.getMessage().getBody() instanceof Map<?, ?> answer)) {
      return CompletableFuture.failedFuture(noRecordId());
    }
    if (answer.get("notHeld") != null) {
      return CompletableFuture.failedFuture(new CannotHold(answer.get("notHeld").toString()));
    }
    if (answer.get("recordId") == null) {
      return CompletableFuture.failedFuture(noRecordId());
    }
    try {
      return CompletableFuture.completedFuture(
          new Taken(answer.get("recordId").toString(), left(answer.get("left"))));
    } catch (IllegalArgumentException wrong) {
      return CompletableFuture.failedFuture(wrong);
    }
  }

  /** The fields that the sink left out, if any. */
  static List<JsonPointer> left(Object fields) {
    if (fields != null && !(fields instanceof List<?>)) {
      throw new IllegalArgumentException(
          "the sink's answer: left: " + fields + " (expected: a list)");
    }
    return fields == null
        ? List.of()
        : ((List<?>) fields).stream().map(ConnectedSpoke::field).toList();
  }

  private static JsonPointer field(Object field) {
    var path = String.valueOf(field);
    if (path.length() < 2 || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the sink's answer: left: " + path + " (expected: a JSON pointer, such as /Email)");
    }
    return JsonPointer.compile(path);
  }

  private static IllegalStateException noRecordId() {
    return new IllegalStateException("the sink's answer: no recordId (expected: {recordId: …})");
  }

  @Override
  public FailureKind classify(Throwable failure) {
    return connector.classify(failure);
  }

  @Override
  public Optional<Duration> retryAfter(Throwable failure) {
    return RetryAfter.of(failure, clock.instant());
  }
}
