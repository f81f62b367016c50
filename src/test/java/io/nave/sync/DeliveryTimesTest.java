package io.nave.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTimesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  static Timer time(MeterRegistry metrics, String spoke) {
    return new DeliveryTimes(metrics).of(spoke);
  }

  private static SettledDelivery settled(String state, Instant noticedAt) {
    return settled(state, noticedAt, null);
  }

  private static SettledDelivery settled(String state, Instant noticedAt, Long replay) {
    return settled(state, noticedAt, replay, Origin.NONE);
  }

  private static SettledDelivery settled(
      String state, Instant noticedAt, Long replay, Origin origin) {
    var due =
        new DueDelivery(
            "1",
            new UUID(0, 1),
            1,
            "{}",
            null,
            0,
            noticedAt,
            false,
            replay,
            false,
            List.of(),
            null,
            null,
            null,
            List.of(),
            origin);
    return new SettledDelivery(due, state, null, null, 0, null, null, null);
  }

  @Test
  void onlyNewsThatWasDeliveredCounts() {
    var times = new DeliveryTimes(metrics);
    times.settled(
        "esp",
        List.of(
            settled("delivered", NOW.minusSeconds(3)),
            settled("unchanged", NOW.minusSeconds(5)),
            settled("failed", NOW.minusSeconds(7)),
            settled("delivered", NOW.minusSeconds(9), 7L)),
        NOW);
    assertThat(time(metrics, "esp").count()).isEqualTo(1);
    assertThat(time(metrics, "esp").totalTime(SECONDS)).isEqualTo(3);
  }

  @Test
  void countsFromWhenTheObservationWasAccepted() {
    var origin = new Origin(NOW.minusSeconds(8), null);
    new DeliveryTimes(metrics)
        .settled("esp", List.of(settled("delivered", NOW.minusSeconds(3), null, origin)), NOW);
    assertThat(time(metrics, "esp").totalTime(SECONDS)).isEqualTo(8);
  }

  @Test
  void theOldestOfSeveralObservationsCounts() {
    var early = new Origin(NOW.minusSeconds(8), null);
    var late = new Origin(NOW.minusSeconds(3), null);
    assertThat(early.and(late)).isEqualTo(early);
    assertThat(late.and(early)).isEqualTo(early);
    assertThat(Origin.NONE.and(late)).isEqualTo(late);
    assertThat(late.and(Origin.NONE)).isEqualTo(late);
  }

  @Test
  void theTraceIsThatOfTheOldestOrOfAnotherOne() {
    var early = new Origin(NOW.minusSeconds(8), "early");
    var late = new Origin(NOW.minusSeconds(3), "late");
    var untraced = new Origin(NOW.minusSeconds(9), null);
    assertThat(late.and(early).trace()).isEqualTo("early");
    assertThat(late.and(untraced)).isEqualTo(new Origin(NOW.minusSeconds(9), "late"));
    assertThat(untraced.and(late)).isEqualTo(new Origin(NOW.minusSeconds(9), "late"));
  }

  @Test
  void clocksThatDifferMakeNoTimeBelowZero() {
    new DeliveryTimes(metrics)
        .settled("esp", List.of(settled("delivered", NOW.plusSeconds(1))), NOW);
    assertThat(time(metrics, "esp").count()).isEqualTo(1);
    assertThat(time(metrics, "esp").totalTime(SECONDS)).isZero();
  }
}
