package io.nave.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrossingTest {

  private static Crossing crossing(int inFlight, double perSecond) {
    var budget = new Budget(new FakeSpoke(), BudgetTest.alone(), new SettableClock());
    return new Crossing(inFlight, perSecond, budget);
  }

  private static CompletableFuture<Void> entering(Crossing crossing, boolean urgent) {
    return CompletableFuture.runAsync(() -> crossing.enter(urgent));
  }

  @Test
  void keepsOnePlaceForWhatIsUrgent() throws Exception {
    var crossing = crossing(2, 0);
    crossing.enter(false);
    var second = entering(crossing, false);
    await().during(Duration.ofMillis(200)).until(() -> !second.isDone());
    entering(crossing, true).get(5, SECONDS);
    crossing.leave(true);
    crossing.leave(false);
    second.get(5, SECONDS);
  }

  @Test
  void whatIsUrgentMayTakeAllPlacesButNotMore() throws Exception {
    var crossing = crossing(2, 0);
    crossing.enter(true);
    entering(crossing, true).get(5, SECONDS);
    var third = entering(crossing, true);
    await().during(Duration.ofMillis(200)).until(() -> !third.isDone());
    crossing.leave(true);
    third.get(5, SECONDS);
  }

  @Test
  void theOnlyPlaceServesBoth() throws Exception {
    var crossing = crossing(1, 0);
    crossing.enter(false);
    var urgent = entering(crossing, true);
    assertThat(urgent).isNotDone();
    crossing.leave(false);
    urgent.get(5, SECONDS);
  }

  @Test
  void bothLanesTogetherKeepTheRate() {
    var crossing = crossing(10, 100);
    long start = System.nanoTime();
    for (int i = 0; i < 6; i++) {
      crossing.enter(i % 2 == 0);
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(49);
  }

  @Test
  void aRoundIsNoMoreThanTheBudgetHasLeft() {
    var esp = new FakeSpoke();
    esp.perDay = 10;
    esp.reserve = 0.5;
    var budget = new Budget(esp, BudgetTest.alone(), new SettableClock());
    var crossing = new Crossing(8, 0, budget);
    crossing.enter(false);
    crossing.leave(false);
    assertThat(crossing.round(100, false)).isEqualTo(4);
    assertThat(crossing.round(100, true)).isEqualTo(9);
  }

  @Test
  void aRoundIsWhatCanBeSentInHalfASecond() {
    assertThat(crossing(8, 50).round(100, false)).isEqualTo(25);
    assertThat(crossing(8, 0.1).round(100, false)).isEqualTo(1);
    assertThat(crossing(8, 1000).round(100, false)).isEqualTo(100);
    assertThat(crossing(8, 0).round(100, false)).isEqualTo(100);
  }
}
