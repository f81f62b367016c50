package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Attribute;
import io.nave.canonical.Consent;
import io.nave.canonical.Customer;
import io.nave.canonical.Interaction;
import io.nave.canonical.Observation;
import io.nave.canonical.Observation.Kind;
import io.nave.canonical.Preference;
import io.nave.canonical.SourceKey;
import io.nave.canonical.Standardise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads observations: holds them against {@code config/canonical/observation.schema.json} and
 * standardises the customer. Any JSON gets an answer; nothing throws. Thread-safe.
 *
 * <p>Times are cut to the microsecond; a time of change or decision later than the receipt becomes
 * the receipt. A snapshot without {@code customer} becomes a patch that states nothing: it speaks
 * of consents, preferences and interactions only.
 */
public final class ObservationReader {
  /** The most bytes of one observation. */
  public static final int LARGEST = 1024 * 1024;

  private static final Path SCHEMA = Path.of("config/canonical/observation.schema.json");
  private static final String BUNDLED = "canonical/observation.schema.json";
  private static final Customer NOBODY = CanonicalJson.read("{}", Customer.class);
  private static final Set<String> EVERY_ATTRIBUTE = everyAttribute();
  private static final String ATTRIBUTES = "attributes";

  private final Shape shape;
  private final Standardise standardise;

  /** What became of an observation. */
  public sealed interface Answer permits Read, Refused {}

  /** It was understood. */
  public record Read(Observation observation) implements Answer {}

  /** It was not understood, for these reasons (at least one, at most twenty). */
  public record Refused(List<Refusal> refusals) implements Answer {}

  /**
   * @param schema the JSON Schema of an observation
   * @param standardise how customers are standardised
   * @throws IllegalArgumentException for a schema with keywords that are not known here
   */
  public ObservationReader(JsonNode schema, Standardise standardise) {
    this.shape = Shape.of(schema);
    this.standardise = standardise;
  }

  /**
   * With the schema of the working directory's {@code config} folder, else with the bundled one.
   *
   * @throws UncheckedIOException when there is neither
   */
  public static ObservationReader load(Standardise standardise) {
    return new ObservationReader(CanonicalJson.parse(schema()), standardise);
  }

  private static byte[] schema() {
    try (InputStream bundled =
        ObservationReader.class.getClassLoader().getResourceAsStream(BUNDLED)) {
      return Files.exists(SCHEMA) || bundled == null
          ? Files.readAllBytes(SCHEMA)
          : bundled.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads one observation.
   *
   * @param json JSON in UTF-8
   * @param receivedAt when the hub received it
   */
  public Answer read(byte[] json, Instant receivedAt) {
    if (json.length > LARGEST) {
      return tooLarge(json.length);
    }
    try {
      return read(CanonicalJson.parse(json), receivedAt);
    } catch (IllegalArgumentException notJson) {
      return refused("", "observation: not JSON (expected: one JSON object)");
    }
  }

  /**
   * As {@link #read(JsonNode, Instant)}, for a connector, whose mapping does not name the spoke.
   *
   * @param spoke who speaks, whatever the observation itself says
   */
  public Answer read(String spoke, JsonNode observation, Instant receivedAt) {
    if (!(observation instanceof ObjectNode)) {
      return read(observation, receivedAt);
    }
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    named.setAll((ObjectNode) observation);
    return read(named.put("spoke", spoke), receivedAt);
  }

  /** Reads one observation. */
  public Answer read(JsonNode observation, Instant receivedAt) {
    if (observation == null || observation.isMissingNode()) {
      return refused("", "observation: nothing (expected: one JSON object)");
    }
    Wellformed look = Wellformed.look(observation);
    if (look.isTooDeep()) {
      return refused("", "observation: nested too deeply (expected: at most 100 levels)");
    }
    if (look.size() > LARGEST) {
      return tooLarge(look.size());
    }
    return checked(look.isClean() ? observation : Wellformed.cleaned(observation), receivedAt);
  }

  private Answer checked(JsonNode observation, Instant receivedAt) {
    List<Refusal> refusals = new ArrayList<>(0);
    shape.check(observation, Place.ROOT, refusals);
    if (!refusals.isEmpty()) {
      return new Refused(List.copyOf(refusals));
    }
    Kind kind = kind(observation);
    if (kind == Kind.patch && observation.path("customer").path(ATTRIBUTES).isNull()) {
      return refused(
          "/customer/attributes",
          "/customer/attributes: null (expected: an object; null clears one key of it)");
    }
    Instant receipt = receivedAt.truncatedTo(ChronoUnit.MICROS);
    return new Read(observation(observation, kind, receipt));
  }

  private Observation observation(JsonNode json, Kind kind, Instant receivedAt) {
    JsonNode customer = json.path("customer");
    return new Observation(
        new SourceKey(json.get("spoke").asText(), json.get("recordId").asText()),
        kind,
        notLater(IsoTime.read(json.path("changedAt").textValue()), receivedAt),
        kind == Kind.delete || !customer.isObject() ? NOBODY : customer(customer),
        stated(customer, kind),
        consents(json.get("consents"), receivedAt),
        preferences(json.get("preferences"), receivedAt),
        CanonicalJson.readList(json.get("interactions"), Interaction.class));
  }

  private static Kind kind(JsonNode json) {
    JsonNode kind = json.path("kind");
    Kind named = kind.isTextual() ? Kind.valueOf(kind.asText()) : Kind.snapshot;
    return named == Kind.snapshot && !json.path("customer").isObject() ? Kind.patch : named;
  }

  private Customer customer(JsonNode json) {
    return standardise.customer(CanonicalJson.read(json, Customer.class));
  }

  private static Set<String> stated(JsonNode customer, Kind kind) {
    JsonNode attributes = customer.path(ATTRIBUTES);
    boolean whole = kind != Kind.patch;
    if (whole && attributes.isEmpty()) {
      return EVERY_ATTRIBUTE;
    }
    Set<String> stated = new LinkedHashSet<>(whole ? EVERY_ATTRIBUTE : Set.of());
    if (!whole) {
      customer.fieldNames().forEachRemaining(stated::add);
      stated.remove(ATTRIBUTES);
    }
    attributes.fieldNames().forEachRemaining(key -> stated.add(ATTRIBUTES + "." + key));
    return Collections.unmodifiableSet(stated);
  }

  private List<Consent> consents(JsonNode json, Instant receivedAt) {
    return CanonicalJson.readList(json, Consent.class).stream()
        .map(standardise::consent)
        .map(one -> decided(one, receivedAt))
        .toList();
  }

  private static Consent decided(Consent one, Instant receivedAt) {
    return one.decidedAt() == null || !one.decidedAt().isAfter(receivedAt)
        ? one
        : new Consent(
            one.purpose(),
            one.channel(),
            one.topic(),
            one.brand(),
            one.boundTo(),
            one.state(),
            receivedAt,
            one.legalBasis(),
            one.evidence());
  }

  private static List<Preference> preferences(JsonNode json, Instant receivedAt) {
    return CanonicalJson.readList(json, Preference.class).stream()
        .map(one -> decided(one, receivedAt))
        .toList();
  }

  private static Preference decided(Preference one, Instant receivedAt) {
    boolean future = one.decidedAt() != null && one.decidedAt().isAfter(receivedAt);
    return future ? new Preference(one.name(), one.value(), receivedAt) : one;
  }

  private static Instant notLater(Instant time, Instant receivedAt) {
    return time == null || time.isAfter(receivedAt) ? receivedAt : time;
  }

  private static Set<String> everyAttribute() {
    Set<String> keys = new LinkedHashSet<>();
    for (Attribute attribute : Attribute.values()) {
      keys.add(attribute.key());
    }
    return Collections.unmodifiableSet(keys);
  }

  private static Refused tooLarge(long size) {
    return refused("", "observation: " + size + " bytes (expected: at most " + LARGEST + ")");
  }

  private static Refused refused(String pointer, String message) {
    return new Refused(List.of(new Refusal(pointer, message)));
  }
}
