package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.canonical.Observation;
import io.nave.canonical.Preference;
import io.nave.canonical.Standardise;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplyObservationTest {
  static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
  static final Instant TUESDAY = Instant.parse("2026-01-06T10:00:00Z");
  static final Instant WEDNESDAY = Instant.parse("2026-01-07T10:00:00Z");
  static final ObservationReader READER = ObservationReader.load(new Standardise("GB"));

  static Observation observation(Instant at, String rest) {
    var json =
        (ObjectNode)
            CanonicalJson.parse(
                "{\"spoke\":\"crm\",\"recordId\":\"7\",\"changedAt\":\"" + at + "\"," + rest + "}");
    return ((ObservationReader.Read) READER.read(json, WEDNESDAY.plusSeconds(9))).observation();
  }

  static Observation phone(Instant at, String number) {
    return observation(at, "\"customer\":{\"phones\":[{\"value\":\"" + number + "\"}]}");
  }

  static Observation consent(Instant at, String state) {
    return observation(
        at,
        "\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\",\"state\":\""
            + state
            + "\"}]");
  }

  static Observation decided(Instant at, String state, Instant decidedAt) {
    return observation(
        at,
        "\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\",\"state\":\""
            + state
            + "\",\"decidedAt\":\""
            + decidedAt
            + "\"}]");
  }

  static StoredRecord after(Observation... observations) {
    var record = StoredRecord.unheard(observations[0].key()).withId(1);
    for (var observation : observations) {
      record = apply(record, observation).record();
    }
    return record;
  }

  static ApplyObservation.Outcome apply(
      StoredRecord record, Observation observation, Held... written) {
    var hub = new HubsWrites(List.of(written), false, List.of(), List.of(), null, null, null);
    return ApplyObservation.apply(record, observation, observation.changedAt(), hub);
  }

  static Held held(Observation reported) {
    return new Held(reported.customer(), reported.consents(), List.of());
  }

  static String phoneOf(StoredRecord record) {
    return record.content().phones().isEmpty() ? null : record.content().phones().get(0).value();
  }

  static Observation wish(Instant at, String value) {
    return observation(
        at, "\"preferences\":[{\"name\":\"frequency\",\"value\":\"" + value + "\"}]");
  }

  static Held holding(Observation reported) {
    return new Held(reported.customer(), List.of(), reported.preferences());
  }

  @Test
  void aWishThatTheHubWroteIsNoStatementOfTheSpoke() {
    var outcome =
        apply(
            after(phone(MONDAY, "+442920180001")),
            wish(TUESDAY, "weekly"),
            holding(wish(MONDAY, "weekly")));
    assertThat(outcome.record().preferences()).isEmpty();
    assertThat(outcome.contradicts()).isFalse();
  }

  @Test
  void aWishThatDiffersFromWhatTheHubWroteWasMadeByTheTimeOfTheChange() {
    var outcome =
        apply(
            after(phone(MONDAY, "+442920180001")),
            wish(TUESDAY, "monthly"),
            holding(wish(MONDAY, "weekly")));
    assertThat(outcome.record().preferences())
        .containsExactly(new Preference("frequency", "monthly", TUESDAY));
    assertThat(outcome.contradicts()).isTrue();
  }

  @Test
  void aWishThatWasAlwaysThereHasNoDateAndOneThatChangedHas() {
    assertThat(after(wish(MONDAY, "weekly")).preferences())
        .containsExactly(new Preference("frequency", "weekly", null));
    assertThat(after(wish(MONDAY, "weekly"), wish(TUESDAY, "monthly")).preferences())
        .containsExactly(new Preference("frequency", "monthly", TUESDAY));
    var twice = after(wish(MONDAY, "weekly"), wish(TUESDAY, "monthly"), wish(WEDNESDAY, "monthly"));
    assertThat(twice.preferences())
        .containsExactly(new Preference("frequency", "monthly", TUESDAY));
  }

  @Test
  void aNewerStatementReplacesAnOlderOne() {
    var record = after(phone(MONDAY, "+442920180001"), phone(TUESDAY, "+442920180002"));
    assertThat(phoneOf(record)).isEqualTo("+442920180002");
  }

  @Test
  void aLateStatementDoesNotPushAnAttributeBack() {
    var record = after(phone(TUESDAY, "+442920180002"), phone(MONDAY, "+442920180001"));
    assertThat(phoneOf(record)).isEqualTo("+442920180002");
  }

  @Test
  void aSnapshotClearsWhatItDoesNotCarry() {
    var record = after(phone(MONDAY, "+442920180001"), observation(TUESDAY, "\"customer\":{}"));
    assertThat(phoneOf(record)).isNull();
  }

  @Test
  void aPatchLeavesAloneWhatItDoesNotCarry() {
    var patch = observation(TUESDAY, "\"kind\":\"patch\",\"customer\":{\"gender\":\"female\"}");
    var record = after(phone(MONDAY, "+442920180001"), patch);
    assertThat(phoneOf(record)).isEqualTo("+442920180001");
    assertThat(record.content().gender()).isEqualTo("female");
  }

  @Test
  void aPatchWithNullClears() {
    var patch = observation(TUESDAY, "\"kind\":\"patch\",\"customer\":{\"phones\":null}");
    assertThat(phoneOf(after(phone(MONDAY, "+442920180001"), patch))).isNull();
  }

  @Test
  void theSameStatementAgainChangesNothing() {
    var record = after(phone(MONDAY, "+442920180001"));
    assertThat(apply(record, phone(MONDAY, "+442920180001")).changed()).isFalse();
  }

  @Test
  void aStatementRepeatedLaterKeepsItsTime() {
    var record = after(phone(MONDAY, "+442920180001"), phone(TUESDAY, "+442920180001"));
    assertThat(record.since()).containsEntry("phones", MONDAY);
  }

  static Observation gender(Instant at, String value) {
    return observation(at, "\"kind\":\"patch\",\"customer\":{\"gender\":\"" + value + "\"}");
  }

  @Test
  void oldPatchesThatComeAgainDoNotPushAnAttributeBack() {
    var record =
        after(
            gender(MONDAY, "female"),
            gender(TUESDAY, "male"),
            gender(WEDNESDAY, "female"),
            gender(MONDAY, "female"),
            gender(TUESDAY, "male"));
    assertThat(record.content().gender()).isEqualTo("female");
  }

  @Test
  void whatTheHubWroteIsNoStatementOfTheSpoke() {
    var record = after(phone(MONDAY, "+442920180001"));
    var echo = phone(TUESDAY, "+442920180002");
    var outcome = apply(record, echo, held(echo));
    assertThat(phoneOf(outcome.record())).isEqualTo("+442920180001");
    assertThat(outcome.contradicts()).isFalse();
  }

  @Test
  void aPersonWhoChangesItBackIsHeard() {
    var record = after(phone(MONDAY, "+442920180001"));
    var hub = held(phone(TUESDAY, "+442920180002"));
    var person = phone(WEDNESDAY, "+442920180003");
    var outcome = apply(record, person, hub);
    assertThat(phoneOf(outcome.record())).isEqualTo("+442920180003");
    assertThat(outcome.contradicts()).isTrue();

    var heldNow = hub.after(person, List.of());
    var back = phone(WEDNESDAY.plusSeconds(1), "+442920180002");
    assertThat(phoneOf(apply(outcome.record(), back, heldNow).record())).isEqualTo("+442920180002");
  }

  @Test
  void aLateReportDoesNotHideWhatWasWrittenSince() {
    var name = "\"customer\":{\"name\":{\"given\":\"%s\"},\"phones\":[{\"value\":\"%s\"}]}";
    var first = held(observation(MONDAY, name.formatted("Nia", "+442920180001")));
    var second = held(observation(TUESDAY, name.formatted("Ann", "+442920180001")));
    var person = observation(MONDAY, name.formatted("Nia", "+442920180003"));
    var now = second.after(person, List.of(first));
    assertThat(now.customer().name().given()).isEqualTo("Ann");
    assertThat(now.customer().phones().get(0).value()).isEqualTo("+442920180003");
  }

  @Test
  void moreThanTheHubWroteIsStillItsEcho() {
    var record =
        after(observation(MONDAY, "\"customer\":{\"emails\":[{\"value\":\"a@b.example\"}]}"));
    var wrote = observation(TUESDAY, "\"customer\":{\"emails\":[{\"value\":\"c@d.example\"}]}");
    var reported =
        observation(
            WEDNESDAY, "\"customer\":{\"emails\":[{\"value\":\"c@d.example\",\"verified\":true}]}");
    var outcome = apply(record, reported, held(wrote));
    assertThat(outcome.record().content().emails().get(0).value()).isEqualTo("a@b.example");
  }

  static Observation phones(Instant at, String... numbers) {
    var list = new java.util.StringJoiner(",");
    for (var number : numbers) {
      list.add("{\"value\":\"" + number + "\"}");
    }
    return observation(at, "\"customer\":{\"phones\":[" + list + "]}");
  }

  static List<String> phonesOf(StoredRecord record) {
    return record.content().phones().stream().map(io.nave.canonical.Phone::value).toList();
  }

  @Test
  void theHubsElementsOfAListAreNotTheSpokes() {
    var record = after(phones(MONDAY, "+442920180001"));
    var hub = held(phones(TUESDAY, "+442920180001", "+442920180002"));
    var person = phones(WEDNESDAY, "+442920180003", "+442920180002");
    assertThat(phonesOf(apply(record, person, hub).record())).containsExactly("+442920180003");
  }

  @Test
  void aPartOfWhatTheHubIsWritingIsNoStatement() {
    var record = after(phones(MONDAY, "+442920180001"));
    var intent = held(phones(TUESDAY, "+442920180001", "+442920180002", "+442920180003"));
    var half = phones(WEDNESDAY, "+442920180001", "+442920180002");
    var outcome = apply(record, half, held(phones(MONDAY, "+442920180001")), intent);
    assertThat(phonesOf(outcome.record())).containsExactly("+442920180001");
    assertThat(outcome.contradicts()).isFalse();
  }

  @Test
  void whatTheHubTookAwayIsStillTheSpokesStatement() {
    var record = after(phones(MONDAY, "+442920180001"));
    var hub = held(phones(TUESDAY, "+442920180002"));
    var person = phones(WEDNESDAY, "+442920180002", "+442920180009");
    assertThat(phonesOf(apply(record, person, hub).record()))
        .containsExactly("+442920180009", "+442920180001");
  }

  @Test
  void whatAPersonTookAwayIsGone() {
    var record = after(phones(MONDAY, "+442920180001", "+442920180004"));
    var hub = held(phones(TUESDAY, "+442920180001", "+442920180004"));
    var person = phones(WEDNESDAY, "+442920180004");
    assertThat(phonesOf(apply(record, person, hub).record())).containsExactly("+442920180004");
  }

  @Test
  void silenceChangesNoConsent() {
    var record = after(consent(MONDAY, "withdrawn"), phone(TUESDAY, "+442920180001"));
    assertThat(record.consents()).hasSize(1);
  }

  @Test
  void aConsentThatFlipsWithoutADateWasDecidedWhenTheRecordChanged() {
    var record = after(consent(MONDAY, "granted"));
    var outcome = apply(record, consent(TUESDAY, "withdrawn"));
    assertThat(outcome.entries())
        .extracting(entry -> entry.consent().state(), entry -> entry.consent().decidedAt())
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Consent.State.withdrawn, TUESDAY));
  }

  @Test
  void aRepeatedConsentIsNoNews() {
    var record = after(consent(MONDAY, "withdrawn"));
    assertThat(apply(record, consent(TUESDAY, "withdrawn")).entries()).isEmpty();
  }

  @Test
  void theEchoOfAStopIsNoNews() {
    var record = after(consent(MONDAY, "granted"));
    var echo = consent(TUESDAY, "withdrawn");
    assertThat(apply(record, echo, held(echo)).entries()).isEmpty();
  }

  @Test
  void theEchoOfAStopIsNoNewsThoughTheSpokeSaidTheSameBefore() {
    var record = after(decided(MONDAY, "withdrawn", MONDAY));
    var echo = decided(WEDNESDAY, "withdrawn", WEDNESDAY);
    assertThat(apply(record, echo, held(consent(TUESDAY, "withdrawn"))).entries()).isEmpty();
    assertThat(apply(record, echo, held(echo)).entries()).isEmpty();
  }

  @Test
  void aYesThatIsRenewedAtTheSpokeIsNewsThoughTheHubWroteOneBefore() {
    var record = after(decided(MONDAY, "granted", MONDAY));
    var renewed = decided(WEDNESDAY, "granted", WEDNESDAY);
    assertThat(apply(record, renewed).entries()).hasSize(1);
    assertThat(apply(record, renewed, held(decided(TUESDAY, "granted", TUESDAY))).entries())
        .hasSize(1);
  }

  @Test
  void aStopIsHeardWhileTheHubWritesAYes() {
    var stop = decided(WEDNESDAY, "withdrawn", WEDNESDAY);
    var told = held(decided(MONDAY, "withdrawn", MONDAY));
    var telling = held(decided(TUESDAY, "granted", TUESDAY));
    for (var said : List.of("granted", "withdrawn")) {
      var record = after(decided(MONDAY, said, MONDAY));
      assertThat(apply(record, stop, told, telling).entries()).as(said).hasSize(1);
    }
  }

  @Test
  void aYesThatRepeatsAnOldWriteIsNotHeardWhileTheHubWritesAStop() {
    var record = after(decided(MONDAY, "withdrawn", MONDAY));
    var told = held(decided(TUESDAY, "granted", TUESDAY));
    var telling = held(decided(WEDNESDAY, "withdrawn", WEDNESDAY));
    var late = decided(WEDNESDAY, "granted", WEDNESDAY);
    assertThat(apply(record, late, told, telling).entries()).isEmpty();
  }

  @Test
  void aDeletedRecordKeepsItsConsents() {
    var gone = observation(TUESDAY, "\"kind\":\"delete\"");
    var record = after(consent(MONDAY, "withdrawn"), gone);
    assertThat(record.deleted()).isTrue();
    assertThat(record.consents()).hasSize(1);
  }

  @Test
  void aRecordThatIsSeenAgainIsNoLongerDeleted() {
    var gone = observation(MONDAY, "\"kind\":\"delete\"");
    assertThat(after(gone, phone(TUESDAY, "+442920180001")).deleted()).isFalse();
  }

  private static ToldConsent told(String state, Instant at) {
    var subject = new Consent.Subject("marketing", "email", null, null, null);
    return new ToldConsent(subject, Consent.State.valueOf(state), null, at, at.plusSeconds(1));
  }

  private static List<StatedConsent> said(StoredRecord record, Observation said, Held... written) {
    var told = List.of(told("withdrawn", MONDAY), told("granted", MONDAY.plusSeconds(60)));
    var hub =
        new HubsWrites(List.of(written), written.length > 1, List.of(), told, null, null, null);
    return ApplyObservation.apply(record, said, said.changedAt(), hub).entries();
  }

  @Test
  void whatIsSaidLongAfterTheHubToldTheSameIsHeard() {
    for (var state : List.of("withdrawn", "granted")) {
      var held = held(consent(MONDAY, state));
      var anew = decided(TUESDAY, state, TUESDAY);
      assertThat(said(after(decided(MONDAY, state, MONDAY)), anew, held)).as(state).hasSize(1);
      assertThat(said(after(phone(MONDAY, "+442920180001")), anew, held)).as(state).hasSize(1);
    }
  }

  @Test
  void whatTheHubIsTellingIsNotHeard() {
    for (var state : List.of("withdrawn", "granted")) {
      var held = held(consent(MONDAY, state));
      var record = after(decided(MONDAY, state, MONDAY));
      var echo = decided(TUESDAY, state, TUESDAY);
      assertThat(said(record, echo, held, held)).as(state).isEmpty();
      assertThat(said(record, consent(TUESDAY, state), held)).as(state).isEmpty();
    }
  }

  @Test
  void aYesThatWasSaidLongAfterTheHubsIsHeardWhileTheHubWritesAStop() {
    var granted = held(decided(MONDAY, "granted", MONDAY));
    var telling = held(decided(TUESDAY, "withdrawn", TUESDAY));
    var record = after(decided(TUESDAY, "withdrawn", TUESDAY));
    var yes = decided(WEDNESDAY, "granted", WEDNESDAY);
    assertThat(said(record, yes, granted, telling)).hasSize(1);
    assertThat(said(record, decided(MONDAY, "granted", MONDAY), granted, telling)).isEmpty();
  }

  private static List<StatedConsent> said(Observation said, Instant wroteAt, Held... written) {
    var record = after(decided(MONDAY, said.consents().get(0).state().name(), MONDAY));
    var hub =
        new HubsWrites(
            List.of(written), written.length > 1, List.of(), List.of(), wroteAt, null, null);
    return ApplyObservation.apply(record, said, said.changedAt(), hub).entries();
  }

  /** A stop goes by the fast lane, and may overtake the yes before it; or the yes a stop. */
  @Test
  void whatIsSaidAgainAfterTheHubWroteSomethingElseIsHeard() {
    for (var state : List.of("withdrawn", "granted")) {
      var held = held(consent(MONDAY, state));
      var anew = decided(WEDNESDAY, state, WEDNESDAY);
      assertThat(said(anew, TUESDAY, held)).as(state).hasSize(1);
      assertThat(said(anew, WEDNESDAY, held)).as(state).isEmpty();
      assertThat(said(anew, TUESDAY, held, held))
          .as(state)
          .hasSize(state.equals("granted") ? 0 : 1);
    }
    var telling = held(consent(TUESDAY, "withdrawn"));
    var stop = decided(WEDNESDAY, "withdrawn", WEDNESDAY);
    assertThat(said(stop, TUESDAY, held(consent(MONDAY, "granted")), telling)).isEmpty();
  }

  /** The record said yes of its own; then it says no while the hub still writes the no before. */
  private static List<StatedConsent> stopOf(Instant at, Instant writingSince) {
    var record = after(decided(MONDAY, "granted", MONDAY));
    var written = List.of(held(consent(MONDAY, "granted")), held(consent(MONDAY, "withdrawn")));
    var hub = new HubsWrites(written, true, List.of(), List.of(), MONDAY, writingSince, null);
    return ApplyObservation.apply(record, decided(at, "withdrawn", at), at, hub).entries();
  }

  @Test
  void aStopThatWasSaidBeforeTheWriteBeganIsHeard() {
    var since = TUESDAY.plusMillis(500);
    assertThat(stopOf(TUESDAY.minusMillis(1), since)).hasSize(1);
    assertThat(stopOf(TUESDAY.plusMillis(600), since)).isEmpty();
    assertThat(stopOf(TUESDAY, since)).as("may be cut to the second").isEmpty();
    assertThat(stopOf(TUESDAY, TUESDAY.plusSeconds(59))).as("or to the minute").isEmpty();
    assertThat(stopOf(TUESDAY, null)).isEmpty();
  }

  /** The hub wrote something else on Wednesday, and holds a stop for known. */
  private static List<StatedConsent> stopOf(Instant at, StoredRecord record, ToldConsent... told) {
    var written = List.of(held(consent(MONDAY, "withdrawn")));
    var pause = new HubsWrites.Pause(MONDAY.plusSeconds(60), WEDNESDAY);
    var ended = WEDNESDAY.plusSeconds(1);
    var hub = new HubsWrites(written, false, List.of(), List.of(told), ended, null, pause);
    return ApplyObservation.apply(record, decided(at, "withdrawn", at), at, hub).entries();
  }

  @Test
  void aStopThatWasSaidWhileTheHubWroteNothingIsHeard() {
    var granting =
        after(decided(MONDAY, "withdrawn", MONDAY), decided(TUESDAY, "granted", TUESDAY));
    var stopping = after(decided(MONDAY, "withdrawn", MONDAY));
    assertThat(stopOf(TUESDAY.plusMillis(3), granting)).hasSize(1);
    assertThat(stopOf(TUESDAY.plusMillis(3), stopping)).as("before its yes is heard").hasSize(1);
    assertThat(stopOf(WEDNESDAY.plusMillis(3), granting)).as("the hub's").isEmpty();
    assertThat(stopOf(MONDAY.plusSeconds(9), granting)).as("the hub's before").isEmpty();
    assertThat(stopOf(TUESDAY, after(phone(MONDAY, "+447700900001")))).as("its own").isEmpty();
    assertThat(stopOf(WEDNESDAY.minusSeconds(1), granting)).hasSize(1);
    assertThat(stopOf(WEDNESDAY.minusSeconds(1), granting, told("withdrawn", WEDNESDAY)))
        .as("clocks differ")
        .isEmpty();
  }

  @Test
  void aYesThatTheHubWroteBeforeTheLastTimeIsNotRenewed() {
    var record = after(consent(MONDAY, "granted"));
    var told = held(decided(TUESDAY, "granted", TUESDAY));
    var stop = held(decided(WEDNESDAY, "withdrawn", WEDNESDAY));
    var hub = new HubsWrites(List.of(stop), false, List.of(told), List.of(), WEDNESDAY, null, null);
    var late = decided(TUESDAY, "granted", TUESDAY);
    assertThat(ApplyObservation.apply(record, late, TUESDAY, hub).entries()).isEmpty();
    var none = new HubsWrites(List.of(stop), false, List.of(), List.of(), WEDNESDAY, null, null);
    assertThat(ApplyObservation.apply(record, late, TUESDAY, none).entries()).hasSize(1);
  }

  @Test
  void aYesThatFollowsTheHubsAtOnceIsNotHeard() {
    var held = held(consent(MONDAY, "granted"));
    var record = after(decided(MONDAY, "granted", MONDAY));
    var echo = decided(TUESDAY, "granted", MONDAY.plusSeconds(62));
    assertThat(said(record, echo, held)).isEmpty();
  }

  @Test
  void whereTheSpokePutsTheOthersIsNoStatement() {
    var record = after(phones(MONDAY, "+442920180001", "+442920180002"));
    var hub = held(phones(TUESDAY, "+442920180003", "+442920180001", "+442920180002"));
    var moved = phones(TUESDAY, "+442920180003", "+442920180002", "+442920180001");
    assertThat(apply(record, moved, hub).contradicts()).isFalse();
    var chosen = phones(TUESDAY, "+442920180002", "+442920180003", "+442920180001");
    assertThat(phonesOf(apply(record, chosen, hub).record()))
        .containsExactly("+442920180002", "+442920180001");
  }

  @Test
  void aLateReportInAnotherOrderDoesNotHideWhatWasWrittenSince() {
    var first = held(phones(MONDAY, "+442920180001", "+442920180002"));
    var second = held(phones(TUESDAY, "+442920180003", "+442920180001"));
    var late = phones(MONDAY, "+442920180002", "+442920180001");
    assertThat(second.after(late, List.of(first))).isEqualTo(second);
  }
}
