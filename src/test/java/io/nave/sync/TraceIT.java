package io.nave.sync;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.nave.EmbeddedServices;
import io.nave.KeptSpans;
import io.nave.canonical.SourceKey;
import io.nave.connectors.Connected;
import io.nave.platform.FailureKind;
import io.nave.platform.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hub that traces tells of a change, from the first door to the last system. */
@QuarkusTest
@TestProfile(TraceIT.Traced.class)
@QuarkusTestResource(EmbeddedServices.class)
class TraceIT {
  private static final Set<AttributeKey<?>> KEYS =
      Set.of(
          Traces.SPOKE,
          Traces.CUSTOMER,
          Traces.VERSION,
          Traces.OPERATION,
          Traces.URGENT,
          Traces.BATCH,
          AttributeKey.stringKey("error.type"));

  @Inject Couriers couriers;
  @Inject Connected connected;
  @Inject KeptSpans kept;
  @Inject Homes homes;
  @Inject HubTables tables;
  @Inject Act act;
  private final ConsentSpoke esp = new ConsentSpoke("esp");
  private final ConsentSpoke erp = new ConsentSpoke("erp");

  /** A hub that traces, and sends its spans nowhere. */
  public static final class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled", "false", "quarkus.otel.exporter.otlp.enabled", "false");
    }
  }

  @BeforeEach
  void twoSystemsKnowTheCustomer() {
    connected.only(List.of(esp, erp));
    couriers.start(List.of(esp, erp));
  }

  @AfterEach
  void theyAreGone() {
    couriers.stop();
    connected.only(List.of());
  }

  private static void observe(String spoke, String person, String rest) {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z", "customer":
             {"type": "person", "name": {"given": "Eluned", "family": "%s"},
              "emails": [{"value": "%s@trace.example"}]}%s}
            """
                .formatted(spoke, person, person, person, rest))
        .post("/api/observations")
        .then()
        .body("accepted", is(1));
  }

  private void known(String person) {
    List.of(esp, erp).forEach(spoke -> spoke.records.put(person, CanonicalJson.parse("{}")));
    observe("esp", person, "");
    observe("erp", person, "");
    await()
        .ignoreExceptions()
        .atMost(30, SECONDS)
        .until(
            () ->
                homes.customerOf("esp:" + person).equals(homes.customerOf("erp:" + person))
                    && tables.number(
                            "select count(*) from delivery"
                                + " where due_at is not null and target not like '+%'")
                        == 0
                    && tables.number("select count(*) from outbox") == 0);
  }

  private void grant(String person) {
    observe(
        "crm",
        person,
        ", \"consents\": [{\"purpose\": \"marketing\", \"channel\": \"email\","
            + " \"state\": \"granted\", \"decidedAt\": \"2026-02-03T10:00:00Z\","
            + " \"evidence\": {\"method\": \"web form\"}}]");
  }

  /** The trace that was begun last, once so many deliveries are in it. */
  private List<SpanData> lastTrace(int deliveries) {
    await().atMost(30, SECONDS).until(() -> named(last(), "deliver").size() == deliveries);
    return last();
  }

  private List<SpanData> last() {
    var roots =
        kept.all().stream()
            .filter(span -> span.getParentSpanId().equals(SpanId.getInvalid()))
            .toList();
    var trace = roots.get(roots.size() - 1).getTraceId();
    return kept.all().stream().filter(span -> span.getTraceId().equals(trace)).toList();
  }

  private static List<SpanData> named(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  @Test
  void oneTraceGoesFromTheObservationToEachSystem() {
    known("rees");
    grant("rees");
    var trace = lastTrace(2);
    assertThat(trace)
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("observe", "reconcile", "publish", "deliver", "deliver");
    var first = named(trace, "observe").get(0);
    assertThat(first.getAttributes().get(Traces.SPOKE)).isEqualTo("crm");
    assertThat(trace)
        .filteredOn(span -> span != first)
        .extracting(SpanData::getParentSpanId)
        .containsOnly(first.getSpanId());
    assertThat(named(trace, "deliver"))
        .extracting(span -> span.getAttributes().get(Traces.SPOKE))
        .containsExactlyInAnyOrder("esp", "erp");
    assertThat(named(trace, "publish").get(0).getAttributes().get(Traces.CUSTOMER))
        .isEqualTo(homes.customerOf("crm:rees").toString());
  }

  @Test
  void aRefusalIsToldByItsKind() {
    known("prys");
    esp.failing = FailureKind.PERMANENT;
    grant("prys");
    assertThat(named(lastTrace(2), "deliver"))
        .filteredOn(span -> "esp".equals(span.getAttributes().get(Traces.SPOKE)))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                  .isEqualTo("PERMANENT");
            });
  }

  @Test
  void whatACustomerDoesIsTracedLikewise() {
    known("huws");
    grant("huws");
    lastTrace(2);
    act.act(
        new SourceKey("crm", "huws"),
        (com.fasterxml.jackson.databind.node.ObjectNode)
            CanonicalJson.parse(
                "{\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\","
                    + "\"state\":\"withdrawn\"}]}"));
    var trace = lastTrace(2);
    assertThat(named(trace, "act")).hasSize(1);
    assertThat(named(trace, "publish"))
        .extracting(span -> span.getAttributes().get(Traces.URGENT))
        .contains(true);
  }

  @Test
  void spansHoldKeysAndNothingPersonal() {
    known("lloyd");
    grant("lloyd");
    lastTrace(2);
    assertThat(kept.all()).extracting(SpanData::getName).doesNotContain("POST /api/observations");
    for (var span : kept.all()) {
      assertThat(KEYS).containsAll(span.getAttributes().asMap().keySet());
      assertThat(span.getEvents()).isEmpty();
      assertThat(span.getName() + span.getAttributes() + span.getStatus())
          .doesNotContain("Eluned", "lloyd", "example", "on purpose");
    }
  }
}
