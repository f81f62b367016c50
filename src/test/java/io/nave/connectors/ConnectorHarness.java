package io.nave.connectors;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Standardise;
import io.nave.connectors.ConnectorDescriptor.Setting;
import io.nave.platform.FailureKind;
import io.nave.sync.Cursors;
import io.nave.sync.ObservationReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * Runs the files of one connector in a plain Camel context, with a hub that only writes down what
 * it is given. For example
 *
 * <pre>{@code
 * try (var server = SandboxServer.start(new AcousticSandbox(), 0);
 *     var acoustic = ConnectorHarness.of("acoustic", server.sandbox().settings())) {
 *   acoustic.startSource(Map.of("poll", "100"));
 *   await().untilAsserted(() -> assertThat(acoustic.records()).hasSize(3));
 *   var id = acoustic.deliver("create", null, null, Map.of("Email", "a@example.org"));
 * }
 * }</pre>
 */
public final class ConnectorHarness implements AutoCloseable {
  /** The time that mappings get as {@code $now}. */
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final ObservationReader READER = ObservationReader.load(new Standardise("GB"));
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final Path folder;
  private final String system;
  private final String spoke;
  private final ConnectorDescriptor descriptor;
  private final CamelContext camel = new DefaultCamelContext();
  private final List<JsonNode> records = new CopyOnWriteArrayList<>();
  private final List<JsonNode> observations = new CopyOnWriteArrayList<>();
  private final List<String> quarantine = new CopyOnWriteArrayList<>();
  private final MemoryCursors cursors = new MemoryCursors();
  private volatile Supplier<RuntimeException> failure;

  private ConnectorHarness(Path folder, String spoke) {
    this.folder = folder;
    this.system = folder.getFileName().toString();
    this.spoke = spoke;
    this.descriptor = ConnectorDescriptor.load(folder.resolve("connector.yaml"));
  }

  /** Loads {@code connectors/<system>}; the spoke is named after the system. */
  public static ConnectorHarness of(String system, Map<String, String> settings) {
    return of(Path.of("connectors", system), system, settings, Map.of());
  }

  /**
   * Loads a connector.
   *
   * @param settings {@code nave.spokes.<spoke>.<key>}, also as Camel properties; defaults are those
   *     of {@code connector.yaml}
   * @param beans what the Kamelets use besides {@code cursors} and {@code spokes}
   */
  public static ConnectorHarness of(
      Path folder, String spoke, Map<String, String> settings, Map<String, Object> beans) {
    var harness = new ConnectorHarness(folder, spoke);
    harness.start(settings, beans);
    return harness;
  }

  private void start(Map<String, String> settings, Map<String, Object> beans) {
    camel.getPropertiesComponent().setInitialProperties(properties(settings));
    camel.getRegistry().bind("cursors", cursors);
    camel.getRegistry().bind("spokes", new MemorySettings(spoke, settings, descriptor));
    camel.getRegistry().bind("poll", new Poll(any -> true));
    beans.forEach((name, bean) -> camel.getRegistry().bind(name, bean));
    run(
        () -> {
          camel.start();
          try (var files = Files.newDirectoryStream(folder, "*.kamelet.yaml")) {
            for (Path file : files) {
              PluginHelper.getRoutesLoader(camel).loadRoutes(resource(file));
            }
          }
        });
  }

  private org.apache.camel.spi.Resource resource(Path file) {
    return PluginHelper.getResourceLoader(camel).resolveResource("file:" + file);
  }

  private Properties properties(Map<String, String> settings) {
    var properties = new Properties();
    descriptor.settings().forEach((key, setting) -> offerDefault(properties, key, setting));
    settings.forEach((key, value) -> properties.put("nave.spokes." + spoke + "." + key, value));
    return properties;
  }

  private void offerDefault(Properties properties, String key, Setting setting) {
    if (setting.defaultValue() != null) {
      properties.put("nave.spokes." + spoke + "." + key, setting.defaultValue());
    }
  }

  /** Starts the route {@code <spoke>-in}, with these parameters of the source Kamelet. */
  public void startSource(Map<String, ?> parameters) {
    var uri = new StringBuilder("kamelet:" + system + "-source?spoke=" + spoke);
    parameters.forEach((key, value) -> uri.append("&").append(key).append("=RAW(" + value + ")"));
    run(() -> camel.addRoutes(source(uri.toString())));
  }

  private RoutesBuilder source(String uri) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(uri).routeId(spoke + "-in").process(ConnectorHarness.this::capture);
      }
    };
  }

  /**
   * Stops the route {@code <spoke>-in} and the Kamelet's own one, as a hub that goes down in good
   * order; {@link #startSource} starts them again, with the positions kept.
   */
  public void stopSource() {
    run(
        () -> {
          for (var route : camel.getRoutes()) {
            camel.getRouteController().stopRoute(route.getRouteId());
          }
          for (var route : List.copyOf(camel.getRoutes())) {
            camel.removeRoute(route.getRouteId());
          }
          camel.removeEndpoints("kamelet:*");
        });
  }

  private void capture(Exchange exchange) throws JsonProcessingException {
    if (failure != null) {
      throw failure.get();
    }
    for (JsonNode record : all(exchange.getMessage().getBody())) {
      observe(record);
      records.add(record);
    }
  }

  private void observe(JsonNode record) {
    try {
      for (JsonNode observation : toCanonical().applyToMany(record, spoke, NOW, "record")) {
        if (READER.read(spoke, observation, NOW) instanceof ObservationReader.Refused refused) {
          quarantine.add(refused.refusals().toString());
        }
        observations.add(observation);
      }
    } catch (MappingFailed e) {
      quarantine.add(e.getMessage());
    }
  }

  private Mapping toCanonical() {
    return Mapping.compile(folder.resolve("to-canonical.jslt"));
  }

  private static List<JsonNode> all(Object body) throws JsonProcessingException {
    if (body instanceof Iterable<?> many && !(body instanceof ObjectNode)) {
      var nodes = new ArrayList<JsonNode>();
      for (Object one : many) {
        nodes.addAll(all(one));
      }
      return nodes;
    }
    return List.of(node(body));
  }

  private static JsonNode node(Object body) throws JsonProcessingException {
    try {
      if (body instanceof byte[] bytes) {
        return JSON.readTree(bytes);
      }
      return body instanceof String text ? JSON.readTree(text) : JSON.valueToTree(body);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on {@code kamelet:sink} throws this: nothing may be acknowledged. */
  public void failCapture(Supplier<RuntimeException> failure) {
    this.failure = failure;
  }

  /** From now on {@code kamelet:sink} takes everything again. */
  public void repairCapture() {
    failure = null;
  }

  /** The vendor records that {@code kamelet:sink} took, in their order. */
  public List<JsonNode> records() {
    return List.copyOf(records);
  }

  /** What {@code to-canonical} made of them. */
  public List<JsonNode> observations() {
    return List.copyOf(observations);
  }

  /** Why records could not be mapped, or were mapped to no valid observation. */
  public List<String> quarantine() {
    return List.copyOf(quarantine);
  }

  /** Forgets the records, observations and failures so far. */
  public void forget() {
    records.clear();
    observations.clear();
    quarantine.clear();
  }

  /** The positions that the source keeps. */
  public Cursors cursors() {
    return cursors;
  }

  /** The connector's {@code connector.yaml}. */
  public ConnectorDescriptor descriptor() {
    return descriptor;
  }

  /** The context, for what this class does not offer. */
  public CamelContext camel() {
    return camel;
  }

  /** What {@code from-canonical} makes of a customer (input as in docs/connectors.md), or null. */
  public JsonNode fromCanonical(Object input) {
    try {
      return Mapping.compile(folder.resolve("from-canonical.jslt"))
          .apply(node(input), spoke, NOW)
          .orElse(null);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Sends a change through the sink Kamelet.
   *
   * @param before what the spoke is known to hold, null when creating: a Map, JSON or a JsonNode
   * @param record what {@code from-canonical} made; likewise
   * @return the body that the Kamelet left
   * @throws Refused where the Kamelet threw
   */
  public Map<?, ?> deliver(String operation, String recordId, Object before, Object record) {
    return deliver(operation, recordId, before, record, false);
  }

  /** The same, and asks not to set off the vendor's automations. */
  public Map<?, ?> deliverQuietly(String operation, String recordId, Object before, Object record) {
    return deliver(operation, recordId, before, record, true);
  }

  private Map<?, ?> deliver(
      String operation, String recordId, Object before, Object record, boolean quiet) {
    var body = new HashMap<String, Object>();
    body.put("operation", operation);
    body.put("recordId", recordId);
    body.put("customerId", "0197a0b0-0000-7000-8000-000000000001");
    body.put("version", 1L);
    body.put("before", map(before));
    body.put("quiet", quiet);
    body.put("record", map(record));
    return send(body);
  }

  /**
   * Reads a record through the sink Kamelet.
   *
   * @return the record as the Kamelet left it; null where it says that the record is gone
   * @throws Refused where the Kamelet threw
   */
  public JsonNode read(String recordId) {
    var body = new HashMap<String, Object>();
    body.put("operation", "read");
    body.put("recordId", recordId);
    var left = answer(body);
    if (left instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("gone"))) {
      return null;
    }
    if (left instanceof Map<?, ?> map && map.get("record") != null) {
      return JSON.valueToTree(map.get("record"));
    }
    throw new AssertionError("body after a read: " + left + " (expected: {record: …} or gone)");
  }

  /**
   * Sends a message to a person through the sink Kamelet.
   *
   * @throws Refused where the Kamelet threw
   */
  public void message(String id, String email, Map<String, String> texts) {
    answer(
        new HashMap<>(
            Map.of(
                "operation",
                "message",
                "id",
                id,
                "email",
                email,
                "language",
                "en",
                "texts",
                texts)));
  }

  /**
   * What {@code to-canonical} reads in a record of {@link #read}: {@code purpose channel state}.
   */
  public List<String> consentsOf(JsonNode record) {
    var said = new ArrayList<String>();
    for (var observation : toCanonical().applyToMany(record, spoke, NOW, "record")) {
      for (var one : observation.path("consents")) {
        var topic = one.hasNonNull("topic") ? " " + one.path("topic").asText() : "";
        said.add(
            one.path("purpose").asText()
                + " "
                + one.path("channel").asText()
                + topic
                + " "
                + one.path("state").asText());
      }
    }
    return said;
  }

  private Map<?, ?> send(Map<String, Object> body) {
    var left = answer(body);
    if (left instanceof Map<?, ?> map
        && (map.get("recordId") instanceof String || map.get("notHeld") instanceof String)) {
      return map;
    }
    throw new AssertionError("body after a write: " + left + " (expected: {recordId: text})");
  }

  private Object answer(Map<String, Object> body) {
    var uri = "kamelet:" + system + "-sink?spoke=" + spoke;
    var exchange =
        camel.createProducerTemplate().request(uri, request -> request.getMessage().setBody(body));
    if (exchange.getException() != null) {
      throw new Refused(exchange.getException(), descriptor.classify(exchange.getException()));
    }
    return exchange.getMessage().getBody();
  }

  private static Map<String, Object> map(Object value) {
    try {
      return value == null ? null : JSON.convertValue(node(value), MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    camel.getShutdownStrategy().setTimeout(5);
    camel.stop();
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The sink threw: what, and what kind of failure the connector says it is. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;

    Refused(Throwable cause, FailureKind kind) {
      super(kind + ": " + cause.getMessage(), cause);
      this.kind = kind;
    }

    /** As {@link ConnectorDescriptor#classify} says. */
    public FailureKind kind() {
      return kind;
    }

    /** How long the vendor asks to wait; empty where it does not say. */
    public Optional<Duration> retryAfter() {
      return RetryAfter.of(getCause(), NOW);
    }

    /** As {@link ConnectorDescriptor#codeOf} says; null where there is none. */
    public String code() {
      return ConnectorDescriptor.codeOf(getCause()).orElse(null);
    }
  }

  /** Positions in memory. Public because Camel calls it by name. */
  public static final class MemoryCursors implements Cursors {
    private final Map<String, String> positions = new ConcurrentHashMap<>();

    @Override
    public String read(String spoke, String name) {
      return positions.get(spoke + " " + name);
    }

    @Override
    public void write(String spoke, String name, String value) {
      positions.put(spoke + " " + name, value);
    }
  }

  /** Settings in memory. Public because Camel calls it by name. */
  public static final class MemorySettings implements SpokeSettings {
    private final String spoke;
    private final Map<String, String> values;

    MemorySettings(String spoke, Map<String, String> given, ConnectorDescriptor descriptor) {
      this.spoke = spoke;
      this.values =
          descriptor.settings().entrySet().stream()
              .filter(setting -> setting.getValue().defaultValue() != null)
              .collect(toMap(Map.Entry::getKey, setting -> setting.getValue().defaultValue()));
      values.putAll(given);
    }

    @Override
    public String get(String spoke, String key) {
      var value = this.spoke.equals(spoke) ? values.get(key) : null;
      if (value == null) {
        throw new IllegalArgumentException("nave.spokes." + spoke + "." + key + ": missing");
      }
      return value;
    }
  }
}
