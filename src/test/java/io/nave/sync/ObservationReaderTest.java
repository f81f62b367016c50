package io.nave.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Attribute;
import io.nave.canonical.Consent;
import io.nave.canonical.Customer;
import io.nave.canonical.Observation;
import io.nave.canonical.Observation.Kind;
import io.nave.canonical.SourceKey;
import io.nave.canonical.Standardise;
import io.nave.sync.ObservationReader.Answer;
import io.nave.sync.ObservationReader.Read;
import io.nave.sync.ObservationReader.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationReaderTest {
  private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05.123456789Z");
  private static final Instant RECEIPT = Instant.parse("2026-01-02T03:04:05.123456Z");
  private final ObservationReader reader = ObservationReader.load(new Standardise("GB"));

  @Test
  void readsAndStandardises() {
    Observation read =
        observation(
            """
            {"spoke": "shop", "recordId": "7", "changedAt": "2026-01-01T01:00:00.1234567+01:00",
             "customer": {"name": {"given": "SIÂN", "family": "LLYWELYN"}, "birthDate": "1980-02-03",
               "emails": [{"value": "Sian@EXAMPLE.org"}], "attributes": {"size": 38.0}},
             "consents": [{"purpose": "marketing", "channel": "sms", "state": "granted",
               "boundTo": "029 2018 0000", "evidence": {"method": "web form"}}]}""");

    assertThat(read.key()).isEqualTo(new SourceKey("shop", "7"));
    assertThat(read.kind()).isEqualTo(Kind.snapshot);
    assertThat(read.changedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    assertThat(read.customer().name().full()).isEqualTo("Siân Llywelyn");
    assertThat(read.customer().birthDate()).isEqualTo(LocalDate.of(1980, 2, 3));
    assertThat(read.customer().emails().get(0).value()).isEqualTo("Sian@example.org");
    assertThat(read.customer().attributes()).isEqualTo(Map.of("size", 38));
    assertThat(read.consents().get(0).boundTo()).isEqualTo("+442920180000");
    assertThat(read.consents().get(0).state()).isEqualTo(Consent.State.granted);
  }

  @Test
  void aSnapshotStatesEveryAttribute() {
    Observation read =
        observation(
            "{\"spoke\":\"s\",\"recordId\":\"1\",\"customer\":{\"attributes\":{\"a\":1,\"b\":null}}}");

    assertThat(read.stated()).hasSize(Attribute.values().length + 2);
    assertThat(read.stated()).contains("birthDate", "attributes.a", "attributes.b");
  }

  @Test
  void aPatchStatesWhatItHolds() {
    Observation read =
        observation(
            """
            {"spoke": "s", "recordId": "1", "kind": "patch",
             "customer": {"gender": null, "emails": [], "attributes": {"a": null}}}""");

    assertThat(read.stated()).containsExactlyInAnyOrder("gender", "emails", "attributes.a");
    assertThat(read.customer().attributes()).isEmpty();
  }

  @Test
  void aSnapshotWithoutACustomerSaysNothingAboutTheCustomer() {
    Observation read = observation("{\"spoke\":\"s\",\"recordId\":\"1\"}");

    assertThat(read.kind()).isEqualTo(Kind.patch);
    assertThat(read.stated()).isEmpty();
    assertThat(read.changedAt()).isEqualTo(RECEIPT);
  }

  @Test
  void aDeletedRecordIsEmpty() {
    Observation read =
        observation(
            "{\"spoke\":\"s\",\"recordId\":\"1\",\"kind\":\"delete\",\"customer\":{\"gender\":\"f\"}}");

    assertThat(read.kind()).isEqualTo(Kind.delete);
    assertThat(read.customer()).isEqualTo(CanonicalJson.read("{}", Customer.class));
  }

  @Test
  void clocksInTheFutureAreHeldBackToTheReceipt() {
    Observation read =
        observation(
            """
            {"spoke": "s", "recordId": "1", "changedAt": "2126-01-01T00:00:00Z",
             "consents": [{"purpose": "p", "channel": "any", "state": "granted",
                           "decidedAt": "2126-01-01T00:00:00Z"}],
             "preferences": [{"name": "n", "value": [1], "decidedAt": "2126-01-01T00:00:00Z"}]}""");

    assertThat(read.changedAt()).isEqualTo(RECEIPT);
    assertThat(read.consents().get(0).decidedAt()).isEqualTo(RECEIPT);
    assertThat(read.preferences().get(0).decidedAt()).isEqualTo(RECEIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00+01:00",
        "2026-01-01T00:00:00.000+0000",
        "2025-12-31T19:00-05:00"
      })
  void timesHaveAnOffset(String time) {
    Observation read =
        observation("{\"spoke\":\"s\",\"recordId\":\"1\",\"changedAt\":\"" + time + "\"}");

    assertThat(read.changedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"birthDate\":\"1980-13-01\"} | /customer/birthDate: \"1980-13-01\" (expected: an ISO date such as 1980-02-03)",
        "{\"type\":\"robot\"} | /customer/type: \"robot\" (expected: one of person, organisation)",
        "{\"emails\":\"a@b.org\"} | /customer/emails: a text (expected: a list)",
        "{\"emails\":[{\"value\":7}]} | /customer/emails/0/value: a number (expected: a text of 1 to 320 characters)",
        "{\"emails\":[{\"primary\":\"yes\"}]} | /customer/emails/0/primary: a text (expected: true or false)",
        "{\"phones\":[null]} | /customer/phones/0: null (expected: an object)",
        "{\"name\":{\"a/b\":1}} | /customer/name/a~1b: unknown field (expected: one of prefix, given, middle, family, suffix, full)",
      })
  void saysWhatIsWrongWithACustomer(String customer, String message) {
    assertThat(refusals("{\"spoke\":\"s\",\"recordId\":\"1\",\"customer\":" + customer + "}"))
        .extracting(Refusal::message)
        .containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"spoke\":\"s\"} | /recordId: missing (expected: a text of 1 to 255 characters like \\S)",
        "{\"spoke\":\"s\",\"recordId\":7} | /recordId: a number (expected: a text of 1 to 255 characters like \\S)",
        "{\"spoke\":\"s\",\"recordId\":\"7\",\"kind\":\"new\"} | /kind: \"new\" (expected: one of snapshot, patch, delete)",
        "{\"spoke\":\"s\",\"recordId\":\"7\",\"changedAt\":\"2026-01-01T00:00:00\"} | /changedAt: \"2026-01-01T00:00:00\" (expected: a time with an offset such as 2026-01-02T03:04:05Z)",
        "{\"spoke\":\"s\",\"recordId\":\"7\",\"kind\":\"patch\",\"customer\":{\"attributes\":null}} | /customer/attributes: null (expected: an object; null clears one key of it)",
        "7 | observation: a number (expected: an object)",
        "{ | observation: not JSON (expected: one JSON object)",
        "{} {} | observation: not JSON (expected: one JSON object)",
      })
  void saysWhatIsWrongWithAnObservation(String json, String message) {
    assertThat(refusals(json)).extracting(Refusal::message).containsExactly(message);
  }

  @Test
  void showsNoPersonalDataInMessages() {
    String secret = "Llywelyn".repeat(100);

    List<Refusal> refusals =
        refusals(
            "{\"spoke\":\"s\",\"recordId\":\"1\",\"customer\":{\"name\":{\"given\":\""
                + secret
                + "\"},\"emails\":[\""
                + secret
                + "\"],\"phones\":[{\"value\":[\""
                + secret
                + "\"]}]}}");

    assertThat(refusals).hasSize(3).noneMatch(one -> one.message().contains("Llywelyn"));
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeep() {
    String large = "{\"spoke\":\"" + "x".repeat(ObservationReader.LARGEST) + "\"}";
    String deep = "[".repeat(500) + "]".repeat(500);
    ObjectNode largeTree = JsonNodeFactory.instance.objectNode();
    largeTree.put("spoke", "x".repeat(ObservationReader.LARGEST));

    assertThat(refusals(large).get(0).message()).endsWith("(expected: at most 1048576)");
    assertThat(refusals(deep).get(0).message()).contains("too deeply");
    assertThat(reader.read(largeTree, RECEIVED)).isInstanceOf(Refused.class);
    assertThat(reader.read((ObjectNode) null, RECEIVED)).isInstanceOf(Refused.class);
  }

  @Test
  void leavesOutWhatTheDatabaseCannotHold() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("recordId", "a\u0000b");
    json.putObject("customer").putObject("attributes").put("x\u0000", "\ud800!").put("n", 0.0 / 0);

    Read read = (Read) reader.read("shop", json, RECEIVED);

    assertThat(read.observation().key()).isEqualTo(new SourceKey("shop", "ab"));
    assertThat(read.observation().customer().attributes()).isEqualTo(Map.of("x", "\ufffd!"));
  }

  @Test
  void namesTheSpokeOfAConnector() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("recordId", "1");

    assertThat(((Read) reader.read("crm", json, RECEIVED)).observation().key().spoke())
        .isEqualTo("crm");
    assertThat(json.has("spoke")).isFalse();
  }

  private Observation observation(String json) {
    Answer answer = reader.read(json.getBytes(UTF_8), RECEIVED);
    assertThat(answer).as(json).isInstanceOf(Read.class);
    return ((Read) answer).observation();
  }

  private List<Refusal> refusals(String json) {
    Answer answer = reader.read(json.getBytes(UTF_8), RECEIVED);
    assertThat(answer).as(json).isInstanceOf(Refused.class);
    return ((Refused) answer).refusals();
  }
}
