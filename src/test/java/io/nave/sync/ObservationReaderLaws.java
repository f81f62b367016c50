package io.nave.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.nave.canonical.Consent;
import io.nave.canonical.Customer;
import io.nave.canonical.CustomerCases;
import io.nave.canonical.Standardise;
import io.nave.sync.ObservationReader.Read;
import io.nave.sync.ObservationReader.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ObservationReaderLaws {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<String> FIELDS =
      List.of(
          "spoke",
          "recordId",
          "kind",
          "changedAt",
          "customer",
          "consents",
          "preferences",
          "interactions",
          "name",
          "type",
          "birthDate",
          "emails",
          "value",
          "primary",
          "attributes",
          "purpose",
          "channel",
          "state",
          "decidedAt",
          "at",
          "id",
          "lines",
          "from",
          "evidence");

  private final JsonNode schema = schema();
  private final Shape shape = Shape.of(schema);
  private final JsonSchema complete = complete(schema);
  private final Standardise standardise = new Standardise("GB");
  private final ObservationReader reader = new ObservationReader(schema, standardise);

  private static JsonNode schema() {
    try {
      return CanonicalJson.parse(
          Files.readAllBytes(Path.of("config/canonical/observation.schema.json")));
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static JsonSchema complete(JsonNode schema) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  @Provide
  Arbitrary<JsonNode> anyJson() {
    return json(3);
  }

  @Provide
  Arbitrary<JsonNode> observations() {
    Arbitrary<JsonNode> valid = CustomerCases.customers().map(ObservationReaderLaws::observation);
    return Combinators.combine(valid, Arbitraries.longs(), json(1)).as(ObservationReaderLaws::bent);
  }

  @Provide
  Arbitrary<Customer> customers() {
    return Combinators.combine(CustomerCases.customers(), json(3))
        .as(
            (raw, tree) -> {
              ObjectNode json = (ObjectNode) CanonicalJson.tree(standardise.customer(raw));
              json.putObject("attributes").set("tree", Wellformed.cleaned(tree));
              return standardise.customer(CanonicalJson.read(json, Customer.class));
            });
  }

  private static Arbitrary<JsonNode> json(int depth) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            CustomerCases.text().map(text -> make.textNode(String.valueOf(text))),
            Arbitraries.of(
                    "person",
                    "snapshot",
                    "granted",
                    "email",
                    "2026-01-01T00:00:00Z",
                    "2026-02-30",
                    "1980-02-03",
                    "2026-01-01T00:00:00",
                    "null")
                .map(make::textNode),
            Arbitraries.integers().map(make::numberNode),
            Arbitraries.doubles().map(make::numberNode),
            Arbitraries.bigDecimals().map(make::numberNode),
            Arbitraries.of(true, false).map(make::booleanNode),
            Arbitraries.just(make.nullNode()));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> keys =
        Arbitraries.oneOf(Arbitraries.of(FIELDS), CustomerCases.text().map(String::valueOf));
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(keys, json(depth - 1))
            .ofMaxSize(5)
            .map(fields -> make.objectNode().setAll(fields));
    Arbitrary<JsonNode> lists =
        json(depth - 1).list().ofMaxSize(3).map(items -> make.arrayNode().addAll(items));
    return Arbitraries.oneOf(leaf, objects, lists);
  }

  private static JsonNode observation(Customer customer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("spoke", "shop").put("recordId", "7").put("changedAt", "2026-01-01T00:00:00Z");
    json.set("customer", CanonicalJson.tree(customer));
    ObjectNode consent = json.putArray("consents").addObject();
    consent.put("purpose", "marketing").put("channel", "email").put("state", "granted");
    json.putArray("interactions")
        .addObject()
        .put("id", "1")
        .put("kind", "k")
        .put("at", "2026-01-01T00:00:00Z");
    json.putArray("preferences").addObject().put("name", "n").put("value", 1);
    return json;
  }

  /** One place of the tree put to something else, or a field added there. */
  private static JsonNode bent(JsonNode valid, long seed, JsonNode odd) {
    Random random = new Random(seed);
    JsonNode here = valid;
    while (here.size() > 0 && random.nextInt(4) > 0) {
      List<JsonNode> inside = new ArrayList<>();
      here.forEach(inside::add);
      JsonNode next = inside.get(random.nextInt(inside.size()));
      if (!next.isContainerNode()) {
        break;
      }
      here = next;
    }
    if (here instanceof ArrayNode list) {
      list.add(odd);
    } else if (random.nextBoolean()) {
      ((ObjectNode) here).set(FIELDS.get(random.nextInt(FIELDS.size())), odd);
    } else if (here.size() > 0) {
      List<String> names = new ArrayList<>();
      here.fieldNames().forEachRemaining(names::add);
      ((ObjectNode) here).set(names.get(random.nextInt(names.size())), odd);
    }
    return valid;
  }

  @Property(tries = 2000)
  void anyTextGetsAnAnswer(@ForAll String text) {
    assertThat(reader.read(text.getBytes(UTF_8), NOW)).isNotNull();
    assertThat(reader.read(("{\"a\":" + text + "}").getBytes(UTF_8), NOW)).isNotNull();
  }

  @Property(tries = 2000)
  void anyJsonGetsAnAnswer(@ForAll("anyJson") JsonNode json) {
    assertThat(reader.read(json, NOW)).isNotNull();
    assertThat(reader.read("shop", json, NOW)).isNotNull();
  }

  @Property(tries = 3000)
  void aBentObservationGetsAnAnswer(@ForAll("observations") JsonNode json) {
    if (reader.read(json, NOW) instanceof Refused refused) {
      assertThat(refused.refusals()).isNotEmpty();
      assertThat(refused.refusals())
          .allMatch(one -> one.message().contains(one.pointer()) && one.message().contains("("));
    }
  }

  @Property(tries = 3000)
  void agreesWithACompleteValidator(@ForAll("observations") JsonNode json) {
    List<Refusal> refusals = new ArrayList<>();
    shape.check(json, Place.ROOT, refusals);

    assertThat(refusals.isEmpty())
        .as(() -> json + " " + refusals + " " + complete.validate(json))
        .isEqualTo(complete.validate(json).isEmpty());
  }

  @Property(tries = 2000)
  void readingWhatWasWrittenGivesTheSame(@ForAll("customers") Customer customer) {
    byte[] written = CanonicalJson.bytes(customer);

    Customer read = CanonicalJson.read(written, Customer.class);
    assertThat(read).isEqualTo(customer);
    assertThat(CanonicalJson.read(CanonicalJson.parse(written), Customer.class))
        .isEqualTo(customer);
    assertThat(CanonicalJson.bytes(read)).isEqualTo(written);
    assertThat(CanonicalJson.read(CanonicalJson.tree(customer), Customer.class))
        .isEqualTo(customer);
  }

  @Property(tries = 1000)
  void anObservationThatWasReadIsReadAgain(@ForAll("observations") JsonNode json) {
    if (reader.read(json, NOW) instanceof Read read) {
      byte[] written = CanonicalJson.bytes(read.observation().consents());
      assertThat(CanonicalJson.readList(new String(written, UTF_8), Consent.class))
          .isEqualTo(read.observation().consents());
    }
  }
}
