package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Standardise;
import io.nave.sync.ObservationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of all connectors are the tests of their mappings. */
class SamplesTest {
  private static final ObservationReader READER = ObservationReader.load(new Standardise("GB"));
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> KEYS =
      Set.of("description", "record", "observation", "customer", "oneWay");

  static List<Path> samples() {
    return ConnectorFiles.ofConnectors(".json").stream()
        .filter(file -> file.getParent().endsWith("samples"))
        .toList();
  }

  static List<Path> observed() throws IOException {
    return withKey("observation");
  }

  static List<Path> delivered() throws IOException {
    return withKey("customer");
  }

  /** Those that write a record which the spoke reports back in the same words. */
  static List<Path> readBack() throws IOException {
    var files = new ArrayList<Path>();
    for (Path file : delivered()) {
      if (read(file).get("record").isObject() && !read(file).has("oneWay")) {
        files.add(file);
      }
    }
    return files;
  }

  private static List<Path> withKey(String key) throws IOException {
    var files = new ArrayList<Path>();
    for (Path file : samples()) {
      if (read(file).has(key)) {
        files.add(file);
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isOneOfTheTwoKinds(Path file) throws IOException {
    var sample = read(file);
    assertThat(sample.fieldNames()).toIterable().as("keys of %s", file).isSubsetOf(KEYS);
    assertThat(sample.path("description").asText()).as("description in %s", file).isNotBlank();
    assertThat(sample.has("record")).as("record in %s", file).isTrue();
    assertThat(sample.has("observation"))
        .as("observation in %s (expected: either observation or customer)", file)
        .isNotEqualTo(sample.has("customer"));
  }

  @ParameterizedTest
  @MethodSource("observed")
  void mapsTheRecordToTheObservation(Path file) throws IOException {
    var sample = read(file);
    assertSame(file, list(sample.get("observation")), observations(file, sample.get("record")));
  }

  @ParameterizedTest
  @MethodSource("observed")
  void yieldsObservationsThatTheHubUnderstands(Path file) throws IOException {
    for (JsonNode observation : list(read(file).get("observation"))) {
      assertThat(READER.read(spoke(file), observation, ConnectorHarness.NOW))
          .as("observation in %s", file)
          .isInstanceOf(ObservationReader.Read.class);
    }
  }

  @ParameterizedTest
  @MethodSource("delivered")
  void mapsTheCustomerToTheRecord(Path file) throws IOException {
    var sample = read(file);
    assertSame(file, sample.get("record"), record(file, sample.get("customer")));
  }

  /** What the spoke will report back says again what was written: else the hub sees no echo. */
  @ParameterizedTest
  @MethodSource("readBack")
  void writesTheSameAfterReadingWhatItWrote(Path file) throws IOException {
    var sample = read(file);
    var written = sample.get("record");
    var readBack = observations(file, written);
    assertThat(readBack).as("observations of what %s writes", file).hasSize(1);
    assertThat(readBack.get(0).has("customer")).as("customer in what %s reads", file).isTrue();
    var customer = ((ObjectNode) sample.get("customer")).deepCopy();
    for (String part : List.of("customer", "consents", "preferences")) {
      customer.remove(part);
      customer.putIfAbsent(part, readBack.get(0).path(part));
    }
    customer.properties().removeIf(field -> field.getValue().isMissingNode());
    assertSame(file, written, record(file, customer));
  }

  private static void assertSame(Path file, JsonNode expected, JsonNode actual) {
    assertThat(JsonDiff.between(expected, actual))
        .as("%s: what the mapping yields, and how it differs", file)
        .withFailMessage(
            () ->
                "%s:%n  %s%n%s"
                    .formatted(
                        file,
                        String.join("\n  ", JsonDiff.between(expected, actual)),
                        actual.toPrettyString()))
        .isEmpty();
  }

  private static ArrayNode observations(Path file, JsonNode record) {
    var all =
        mapping(file, "to-canonical.jslt")
            .applyToMany(record, spoke(file), ConnectorHarness.NOW, "sample");
    return JsonNodeFactory.instance.arrayNode().addAll(all);
  }

  private static JsonNode record(Path file, JsonNode customer) {
    return mapping(file, "from-canonical.jslt")
        .apply(customer, spoke(file), ConnectorHarness.NOW, "sample")
        .orElse(JsonNodeFactory.instance.nullNode());
  }

  private static ArrayNode list(JsonNode observation) {
    if (observation.isArray()) {
      return (ArrayNode) observation;
    }
    var list = JsonNodeFactory.instance.arrayNode();
    return observation.isNull() ? list : list.add(observation);
  }

  private static Mapping mapping(Path sample, String name) {
    return Mapping.compile(folder(sample).resolve(name));
  }

  private static String spoke(Path sample) {
    return folder(sample).getFileName().toString();
  }

  private static Path folder(Path sample) {
    Iterator<Path> names = sample.iterator();
    var folder = Path.of("");
    while (names.hasNext()) {
      var name = names.next();
      if (name.endsWith("samples")) {
        return folder;
      }
      folder = folder.resolve(name);
    }
    throw new IllegalArgumentException(sample + ": not in samples/");
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file));
  }
}
