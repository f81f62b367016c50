package io.nave.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run notices. */
class FindingsTest {
  private static final Facts NIA =
      new Facts("Nia", "Dale", "nia@x.example", "447700", "1 Mill Lane", "Barry", "CF1 1AA", true);

  private static List<Screens.Row> holding(boolean mailable) {
    return List.of(new Screens.Row("7", NIA.mailable(mailable), ""));
  }

  private static HubView.Numbers waiting(long n) {
    return new HubView.Numbers(1, 1, 1, 0, n, 0, 0);
  }

  @Test
  void aStopThatIsUndoneWithoutAGrantIsABreach() {
    var stops = new Stops();
    stops.seen("gigya", holding(true));
    stops.seen("gigya", holding(false));
    stops.seen("gigya", holding(true));
    assertThat(stops.breaches()).singleElement().asString().contains("gigya:7");
  }

  @Test
  void aStopThatAGrantUndoesIsNone() {
    var stops = new Stops();
    stops.seen("gigya", holding(false));
    stops.granting("nia@x.example");
    stops.seen("gigya", holding(true));
    assertThat(stops.breaches()).isEmpty();
  }

  @Test
  void aStopThatIsPutBackBeforeTheYesIsHeardMayBeUndoneAgain() {
    var stops = new Stops();
    stops.seen("gigya", holding(false));
    stops.granting("nia@x.example");
    for (int i = 0; i < 2; i++) {
      stops.seen("gigya", holding(true));
      stops.seen("gigya", holding(false));
    }
    assertThat(stops.breaches()).isEmpty();
    stops.stopped("nia@x.example");
    stops.seen("gigya", holding(true));
    assertThat(stops.breaches()).hasSize(1);
  }

  @Test
  void aYesOnItsWayMayStillUndoAStopOnce() {
    var stops = new Stops();
    stops.granting("nia@x.example");
    stops.stopped("nia@x.example");
    for (int i = 0; i < 2; i++) {
      assertThat(stops.breaches()).isEmpty();
      stops.seen("gigya", holding(false));
      stops.seen("gigya", holding(true));
    }
    assertThat(stops.breaches()).hasSize(1);
  }

  @Test
  void itIsInStepAgainWhenLittleWaits() {
    var recovery = new Recovery(20);
    recovery.seen(1_000, waiting(5));
    recovery.seen(2_000, null);
    recovery.seen(3_000, waiting(21));
    assertThat(recovery.after(2_000)).isEmpty();
    recovery.seen(4_500, waiting(20));
    assertThat(recovery.after(2_000)).hasValue(2_500);
    assertThat(recovery.after(1_000)).hasValue(0);
  }

  @Test
  void whatDiffersIsNamedWithWhatWasExpected() {
    assertThat(NIA.withMobile("440").against(NIA))
        .containsExactly("mobile: 440 (expected: 447700)");
    assertThat(NIA.against(NIA)).isEmpty();
  }

  @Test
  void anAddressCountsWhereverItStands() {
    var row =
        new Screens.Row(
            "7", NIA.withHome("2 High Street", "Tenby", "SA1 1AA"), "1 Mill Lane, CF1 1AA Barry");
    assertThat(row.holding(NIA)).isEqualTo(NIA);
    assertThat(row.holding(NIA.withMobile("440")).mobile()).isEqualTo("447700");
  }

  @Test
  void aReportIsCleanOnlyWhereNothingIsBroken() {
    assertThat(report(Map.of("all", List.of())).isClean()).isTrue();
    var broken = report(Map.of("all", List.of("one is gone")));
    assertThat(broken.isClean()).isFalse();
    assertThat(broken.text()).contains("BROKEN  all", "one is gone", "hub 1 killed", "3.0s");
    assertThat(broken.json().path("clean").asBoolean()).isFalse();
    assertThat(broken.json().at("/misfortunes/0/recoveredAfter").asLong()).isEqualTo(3_000);
  }

  @Test
  void aRecoveryCountsFromTheLastThatStruck() {
    var report =
        report(
            List.of(
                new Report.Struck("hub 1 killed", 0, 1_000, 9_000),
                new Report.Struck("hooks late", 2_000, 6_000, 4_000),
                new Report.Struck("log killed", 20_000, 21_000, -1),
                new Report.Struck("hub 2 killed", 30_000, 31_000, 500)),
            Map.of());
    assertThat(report.recoveries()).containsExactly(500L, 4_000L, 4_000L);
    assertThat(report.text()).contains("median 4.0s, ninth of ten 4.0s, at most 4.0s");
    assertThat(report.json().path("recoveries")).hasSize(3);
  }

  private static Report report(Map<String, List<String>> checks) {
    return report(List.of(new Report.Struck("hub 1 killed", 0, 1_000, 3_000)), checks);
  }

  private static Report report(List<Report.Struck> struck, Map<String, List<String>> checks) {
    return new Report(1, 60, 5, 2, Map.of(), struck, "", 100, Map.of(), checks);
  }
}
