package io.nave.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nave.sync.HubStatus.DeliveryCounts;
import io.nave.sync.HubStatus.ObservationCounts;
import io.nave.sync.HubStatus.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Status status(long reconciled, long delivered) {
    return new Status(
        new ObservationCounts(reconciled, reconciled, 0),
        1,
        1,
        0,
        Map.of("crm", new DeliveryCounts(1, reconciled, delivered, 0, 0, 0, null)),
        null,
        null);
  }

  private static long reconciled(Status status) {
    return status.observations().reconciled();
  }

  @Test
  void aRateIsWhatWasCountedOverTheTimeBetween() {
    var samples = new Samples();
    for (int second = 0; second <= 8; second++) {
      samples.add(START.plusSeconds(second), status(100L + 25 * second, 3L * second));
    }
    assertThat(samples.rate(DrawingTest::reconciled)).isCloseTo(25, within(0.001));
    assertThat(samples.rate(Samples::delivered)).isCloseTo(3, within(0.001));
    assertThat(samples.rate(Samples.of("nobody", DeliveryCounts::delivered))).isZero();
  }

  @Test
  void oneSampleIsNoRate() {
    var samples = new Samples();
    samples.add(START, status(1_000_000, 0));
    assertThat(samples.rate(DrawingTest::reconciled)).isZero();
  }

  @Test
  void aCountThatFellBackIsNoRate() {
    var samples = new Samples();
    samples.add(START, status(100, 0));
    samples.add(START.plusSeconds(1), status(7, 0));
    assertThat(samples.rate(DrawingTest::reconciled)).isZero();
  }

  @Test
  void aSpokeThatAppearsBringsNoRateOfItsPast() {
    var samples = new Samples();
    samples.add(
        START, new Status(new ObservationCounts(9000, 9000, 0), 1, 1, 0, Map.of(), null, null));
    samples.add(START.plusSeconds(1), status(9000, 8000));
    assertThat(samples.rate(Samples::delivered)).isZero();
    assertThat(samples.rate(Samples.of("crm", DeliveryCounts::observed))).isZero();
  }

  @Test
  void whatIsOlderThanTheChartIsForgotten() {
    var samples = new Samples();
    for (int minute = 0; minute < 60; minute++) {
      samples.add(START.plusSeconds(60L * minute), status(minute, 0));
    }
    assertThat(samples.all()).hasSize(6);
  }

  @Test
  void theChartKeepsWithinItsBox() {
    var samples = new Samples();
    for (int second = 0; second <= 60; second++) {
      samples.add(START.plusSeconds(second), status(700L * second, 0));
    }
    var chart = Chart.of(samples.all());
    assertThat(chart.top()).isEqualTo("1,000");
    assertThat(chart.in()).startsWith("M").endsWith("L600 36.8");
    assertThat(chart.out()).endsWith("L600 118");
  }

  @Test
  void withoutSamplesTheChartIsEmpty() {
    assertThat(Chart.of(List.of())).isEqualTo(new Chart("", "", "1", "0.5"));
  }

  @Test
  void noSpokeIsRightAboveOrBelowTheHubAndNoneIsOnAnother() {
    for (int spokes = 1; spokes <= 14; spokes++) {
      int n = spokes;
      var places = IntStream.range(0, n).mapToObj(i -> Place.of(i, n)).toList();
      assertThat(places).extracting(p -> p.x() + " " + p.y()).doesNotHaveDuplicates();
      assertThat(places).extracting(Place::x).doesNotContain(Integer.toString(Place.WIDTH / 2));
    }
  }

  @Test
  void timesAreToldAsAPersonWould() {
    assertThat(Moment.of(null, START)).isNull();
    assertThat(Moment.of(START, START).relative()).isEqualTo("now");
    assertThat(Moment.of(START.minusSeconds(90), START).relative()).isEqualTo("90 seconds ago");
    assertThat(Moment.of(START.minusSeconds(7200), START).relative()).isEqualTo("2 hours ago");
    assertThat(Moment.of(START.plusSeconds(180), START).relative()).isEqualTo("in 3 minutes");
    assertThat(Moment.of(START, START).exact()).isEqualTo("1 Jan 2026, 00:00:00 UTC");
  }

  @Test
  void ratesAreShort() {
    assertThat(List.of(0.0, 0.04, 3.14159, 42.7, 12345.6).stream().map(Numbers::rate))
        .containsExactly("0", "< 0.1", "3.1", "43", "12,346");
  }
}
