package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ComparedTest {
  private static final String NOON = "2026-06-01T12:00:00Z";
  private final ConsentSpoke esp = new ConsentSpoke("esp");

  /** More of the customer that is wanted. */
  private String more = "";

  private static JsonNode record(String given, String marketing) {
    return CanonicalJson.parse(
        "{\"given\":\"%s\",\"mail\":\"n@x.example\",\"marketing\":\"%s\"}"
            .formatted(given, marketing));
  }

  private DueDelivery due(JsonNode believed, String marketing) {
    return due(believed, marketing, 3L, List.of(), null, List.of());
  }

  private DueDelivery due(
      JsonNode believed,
      String marketing,
      Long replay,
      List<Held> begun,
      Instant unsure,
      List<Held> past) {
    var state =
        """
        {"customer":{"type":"person","name":{"given":"Nia","family":"Rees"},
          "emails":[{"value":"n@x.example"}]%s},
         "consents":[{"purpose":"marketing","channel":"email","state":"%s"}]}
        """
            .formatted(more, marketing);
    var known = esp.reportedBack(believed);
    return new DueDelivery(
        "7",
        new UUID(0, 1),
        1,
        state,
        known,
        0,
        Say.RECEIVED,
        false,
        replay,
        false,
        begun,
        null,
        unsure,
        unsure,
        past,
        Origin.NONE);
  }

  private Compared found(DueDelivery due, JsonNode found) {
    return found(due, esp.reportedBack(found));
  }

  private Compared found(DueDelivery due, Held found) {
    return Compared.toDeliver(esp, due.seen(found));
  }

  @Test
  void withoutALookTheHubsBeliefCounts() {
    assertThat(Compared.of(esp, due(record("Nia", "granted"), "granted")).isSame()).isTrue();
    assertThat(Compared.of(esp, due(record("Old", "granted"), "granted")).isSame()).isFalse();
  }

  @Test
  void whatWasFoundCountsMoreThanWhatWasBelieved() {
    var due = due(record("Nia", "granted"), "granted");
    var compared = found(due, record("Old", "granted"));
    assertThat(compared.isSame()).isFalse();
    assertThat(compared.held().path("given").asText()).isEqualTo("Old");
    assertThat(compared.corrected()).isNull();
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("given");
  }

  @Test
  void aWrongBeliefIsCorrected() {
    var compared = found(due(record("Old", "granted"), "granted"), record("Nia", "granted"));
    assertThat(compared.isSame()).isTrue();
    assertThat(compared.corrected()).isEqualTo(esp.reportedBack(record("Nia", "granted")));
  }

  @Test
  void aStopThatNobodyKnewOfIsToldAndNotOverwritten() {
    var compared = found(due(record("Nia", "granted"), "granted"), record("Nia", "withdrawn"));
    assertThat(compared.stops()).isTrue();
    assertThat(compared.isSame()).isTrue();
  }

  @Test
  void aStopThatTheHubKnowsThereIsOverwritten() {
    var compared = found(due(record("Nia", "withdrawn"), "granted"), record("Nia", "withdrawn"));
    assertThat(compared.stops()).isFalse();
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("marketing");
  }

  @Test
  void aStopThatWasLostIsWrittenAgain() {
    var compared = found(due(record("Nia", "withdrawn"), "withdrawn"), record("Nia", "granted"));
    assertThat(compared.stops()).isFalse();
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("marketing");
  }

  @Test
  void whatAPersonJustChangedThereIsLeftAsItIs() {
    var due = due(record("Old", "granted"), "granted", null, List.of(), null, List.of());
    assertThat(found(due, record("Niamh", "granted")).isSame()).isTrue();
    assertThat(found(due, record("Niamh", "withdrawn")).isSame()).isTrue();
    assertThat(found(due, record("Old", "granted")).isSame()).isFalse();
    assertThat(found(due, record("Nia", "granted")).isSame()).isTrue();
  }

  private static JsonNode record(String given, String street, String town) {
    var home = ",\"street\":\"%s\",\"town\":\"%s\"}".formatted(street, town);
    return CanonicalJson.parse(record(given, "granted").toString().replace("}", home));
  }

  /** She has lived in Cardiff before, and moves there again. */
  @Test
  void whatAPersonJustChangedThereIsLeftAsAWhole() {
    more = ",\"addresses\":[{\"lines\":[\"4 Mill Lane\"],\"city\":\"Bangor\"}]";
    var past = List.of(esp.reportedBack(record("Nia", "1 High Street", "Cardiff")));
    var known = record("Old", "4 Mill Lane", "Bangor");
    var due = due(known, "granted", null, List.of(), at("12:00:00"), past);
    var compared = found(due, record("Old", "9 Bridge Street", "Cardiff"));
    assertThat(compared.left()).containsExactly("addresses");
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("given");
  }

  /** Wanted is Nia, granted; the record is known as Old, and was Ann once. */
  private Compared foundWhereUnsure(JsonNode found) {
    var past = List.of(esp.reportedBack(record("Ann", "withdrawn")));
    return found(
        due(record("Old", "granted"), "granted", null, List.of(), at("12:00:00"), past), found);
  }

  @Test
  void whereTheHubIsUnsureOnlyWhatTheRecordHeldOnceIsOverwritten() {
    assertThat(foundWhereUnsure(record("Old", "granted")).isSame()).isFalse();
    assertThat(foundWhereUnsure(record("Ann", "granted")).isSame()).isFalse();
    assertThat(foundWhereUnsure(record("Niamh", "granted")).isSame()).isTrue();
  }

  @Test
  void aStopOfOnceIsNotTakenForTheHubsOwn() {
    var compared = foundWhereUnsure(record("Nia", "withdrawn"));
    assertThat(compared.stops()).isTrue();
    assertThat(compared.isSame()).isTrue();
  }

  @Test
  void aYesWhereTheHubKnowsANoIsOnItsWayThoughTheRecordHeldAYesOnce() {
    var past = List.of(esp.reportedBack(record("Nia", "granted")));
    var no = record("Nia", "withdrawn");
    var due = due(no, "withdrawn", null, List.of(), at("12:00:00"), past);
    assertThat(found(due, record("Nia", "granted")).isSame()).isTrue();
    var tried = List.of(esp.reportedBack(record("Nia", "granted")));
    var begun = due(no, "withdrawn", null, tried, at("12:00:00"), past);
    assertThat(found(begun, record("Nia", "granted")).isSame()).isFalse();
  }

  /** Wanted is a no of noon; there is a yes of this time, and the hub wrote last at that one. */
  private Compared foundYes(String decidedAt, String wroteAt) {
    var due =
        due(
            record("Nia", "granted"),
            "withdrawn\",\"decidedAt\":\"" + NOON,
            null,
            List.of(),
            at(wroteAt),
            List.of());
    var there = esp.reportedBack(record("Nia", "granted"));
    var yes =
        new Consent(
            "marketing", "email", null, null, null, State.granted, at(decidedAt), null, null);
    return found(due, new Held(there.customer(), List.of(yes), null));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-01T" + time + "Z");
  }

  @Test
  void aYesThatWasSaidSinceIsNotOverwrittenByTheNoBeforeIt() {
    assertThat(foundYes("12:00:10", "12:00:02").isSame()).isTrue();
  }

  @Test
  void aYesThatIsOlderThanTheNoOrMayBeTheHubsOwnIsOverwritten() {
    assertThat(foundYes("11:59:59", "11:00:00").isSame()).isFalse();
    assertThat(foundYes("12:00:10", "12:00:09").isSame()).isFalse();
  }

  /** Wanted is Nia, granted. */
  private Compared begun(JsonNode believed, JsonNode begun, JsonNode found) {
    return begun(believed, List.of(begun), found);
  }

  private Compared begun(JsonNode believed, List<JsonNode> begun, JsonNode found) {
    var tries = begun.stream().map(esp::reportedBack).toList();
    return found(due(believed, "granted", null, tries, null, List.of()), found);
  }

  @Test
  void whatAnEarlierWriteMayHaveLeftIsCorrected() {
    var compared =
        begun(record("Old", "granted"), record("Ann", "granted"), record("Ann", "granted"));
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("given");
    assertThat(compared.held().path("given").asText()).isEqualTo("Ann");
  }

  @Test
  void whatAStillEarlierTryLeftIsCorrectedToo() {
    var tries = List.of(record("Bea", "granted"), record("Ann", "granted"));
    var compared = begun(record("Old", "granted"), tries, record("Bea", "granted"));
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("given");
  }

  @Test
  void whatAnEarlierWriteDidNotReachIsWritten() {
    var compared =
        begun(record("Nia", "withdrawn"), record("Nia", "granted"), record("Nia", "withdrawn"));
    assertThat(Drift.fields(compared.wanted(), compared.held())).containsExactly("marketing");
  }

  @Test
  void whatAPersonChangedMeanwhileIsLeftAsItIs() {
    var compared =
        begun(record("Old", "granted"), record("Nia", "granted"), record("Niamh", "withdrawn"));
    assertThat(compared.isSame()).isTrue();
    assertThat(compared.stops()).isTrue();
  }

  @Test
  void whatIsLeftAloneIsBelievedToBeAsItWas() {
    var compared =
        begun(record("Old", "granted"), record("Nia", "granted"), record("Niamh", "granted"));
    assertThat(compared.isSame()).isTrue();
    assertThat(esp.toRecord(view(compared.corrected()))).hasValue(record("Old", "granted"));
  }

  private static Spoke.View view(Held held) {
    return new Spoke.View("7", new UUID(0, 1), 1, held.view());
  }

  @Test
  void aYesThatNoTryCanHaveLeftIsOnItsWayThoughTheRecordHeldAYesOnce() {
    var no = esp.reportedBack(record("Nia", "withdrawn"));
    var yes = esp.reportedBack(record("Nia", "granted"));
    var believed = record("Nia", "withdrawn");
    var noon = Instant.parse(NOON);
    var due = due(believed, "withdrawn", null, List.of(no), noon, List.of(yes));
    assertThat(found(due, record("Nia", "granted")).isSame()).isTrue();
    var maybeOurs = due(believed, "withdrawn", null, List.of(yes), noon, List.of(yes));
    assertThat(found(maybeOurs, record("Nia", "granted")).isSame()).isFalse();
  }

  /** As a contact that was to be opted out in two steps, of which one was taken. */
  @Test
  void aStopIsWrittenWhereARecordThatWasTriedSaysNothing() {
    var silent = (ObjectNode) record("Nia", "granted");
    silent.remove("marketing");
    var no = esp.reportedBack(record("Nia", "withdrawn"));
    var noon = Instant.parse(NOON);
    for (var believed : List.of("granted", "withdrawn")) {
      var known = record("Nia", believed);
      var tried = due(known, "withdrawn", null, List.of(no), noon, List.of());
      assertThat(found(tried, silent).isSame()).as(believed).isFalse();
    }
    var yes = due(record("Nia", "withdrawn"), "granted", null, List.of(no), noon, List.of());
    assertThat(found(yes, silent).isSame()).as("left alone").isTrue();
  }

  @Test
  void aListThatWasWrittenInPartIsCorrectedAndOneThatAPersonChangedIsNot() {
    var known = CanonicalJson.parse("{\"l\":[{\"n\":\"1\",\"default\":true}]}");
    var begun = CanonicalJson.parse("{\"l\":[{\"n\":\"2\",\"default\":true},{\"n\":\"1\"}]}");
    var partly = CanonicalJson.parse("{\"l\":[{\"n\":\"1\",\"default\":true},{\"n\":\"2\"}]}");
    var persons = CanonicalJson.parse("{\"l\":[{\"n\":\"3\",\"default\":true},{\"n\":\"2\"}]}");
    assertThat(Compared.ours(partly, List.of(known, begun), begun)).isEqualTo(partly);
    assertThat(Compared.ours(persons, List.of(known, begun), begun)).isEqualTo(begun);
  }

  @Test
  void whatWasWrittenBelowAnotherElementIsStillOurs() {
    var known =
        CanonicalJson.parse(
            "{\"l\":[{\"n\":\"1\",\"m\":[{\"k\":\"a\"},{\"k\":\"b\"}]},{\"n\":\"2\"}]}");
    var begun = CanonicalJson.parse("{\"l\":[{\"n\":\"2\",\"m\":[{\"k\":\"b\"}]}]}");
    var moved =
        CanonicalJson.parse(
            "{\"l\":[{\"n\":\"2\",\"m\":[{\"k\":\"b\"},{\"k\":\"a\"}]},{\"n\":\"1\"}]}");
    var persons =
        CanonicalJson.parse("{\"l\":[{\"n\":\"2\",\"m\":[{\"k\":\"c\"}]},{\"n\":\"1\"}]}");
    assertThat(Compared.ours(moved, List.of(known, begun), begun)).isEqualTo(moved);
    assertThat(Compared.ours(persons, List.of(known, begun), begun)).isEqualTo(begun);
  }

  @Test
  void innerFieldsAreNamedAndListsCountAsAWhole() {
    var wanted = CanonicalJson.parse("{\"a\":{\"b\":1,\"c\":2},\"l\":[1],\"n\":null}");
    var held = CanonicalJson.parse("{\"a\":{\"b\":1,\"c\":3},\"l\":[1,2],\"m\":1,\"n\":null}");
    assertThat(Drift.fields(wanted, held)).containsExactly("a.c", "l", "m");
    assertThat(Drift.fields(wanted, wanted)).isEmpty();
    assertThat(Drift.fields(wanted, null)).containsExactly("record");
  }
}
