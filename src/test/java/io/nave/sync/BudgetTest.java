package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");

  private final SettableClock clock = new SettableClock();
  private final FakeSpoke esp = new FakeSpoke();

  /** An instance that is alone. */
  static DayUse alone() {
    return others(0);
  }

  private static DayUse others(long used) {
    return new DayUse(null) {
      private long sum = used;

      @Override
      long add(String spoke, LocalDate day, long more) {
        sum += more;
        return sum;
      }
    };
  }

  private Budget budget(DayUse use) {
    return new Budget(esp, use, clock);
  }

  private static void spend(Budget budget, int requests) {
    for (int i = 0; i < requests; i++) {
      budget.spend();
    }
  }

  @Test
  void withoutALimitThereIsNone() {
    var budget = budget(alone());
    spend(budget, 3);
    assertThat(budget.left(false)).isEqualTo(Long.MAX_VALUE);
    assertThat(budget.now()).isEqualTo(new Budget.Now(3, 0, null));
  }

  @Test
  void aShareOfTheDayIsKeptForWhatIsUrgent() {
    esp.perDay = 100;
    esp.reserve = 0.1;
    var budget = budget(alone());
    spend(budget, 90);
    assertThat(budget.waits(false)).isTrue();
    assertThat(budget.left(true)).isEqualTo(10);
    assertThat(budget.now()).isEqualTo(new Budget.Now(90, 100, MIDNIGHT));
    spend(budget, 10);
    assertThat(budget.waits(true)).isTrue();
  }

  @Test
  void aNewDayBeginsAtMidnight() {
    esp.perDay = 5;
    var budget = budget(alone());
    spend(budget, 5);
    assertThat(budget.waits(true)).isTrue();
    clock.pass(Duration.ofHours(24));
    assertThat(budget.left(false)).isEqualTo(5);
    assertThat(budget.now().used()).isZero();
  }

  @Test
  void whatOtherInstancesUsedCounts() {
    esp.perDay = 100;
    var budget = budget(others(60));
    spend(budget, 10);
    budget.share();
    assertThat(budget.left(false)).isEqualTo(30);
    spend(budget, 1);
    assertThat(budget.now().used()).isEqualTo(71);
  }

  @Test
  void nothingIsForgottenWhereTheOthersCannotBeTold() {
    var broken =
        new DayUse(null) {
          @Override
          long add(String spoke, LocalDate day, long more) {
            throw new IllegalStateException("no database");
          }
        };
    esp.perDay = 10;
    var budget = budget(broken);
    spend(budget, 4);
    assertThatThrownBy(budget::share).hasMessage("no database");
    assertThat(budget.left(false)).isEqualTo(6);
  }

  @Test
  void aSpokeThatHadTooManyRequestsIsAskedAgainWhenItSays() {
    var budget = budget(alone());
    budget.refused(Optional.of(Duration.ofSeconds(30)));
    assertThat(budget.waits(true)).isTrue();
    assertThat(budget.now().waitsUntil()).isEqualTo(clock.instant().plusSeconds(30));
    clock.pass(Duration.ofSeconds(30));
    assertThat(budget.waits(false)).isFalse();
    assertThat(budget.now().waitsUntil()).isNull();
  }

  @Test
  void whereItDoesNotSayItIsLongerEachTimeUntilItAnswers() {
    var budget = budget(alone());
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(budget.refused(Optional.of(Duration.ZERO)))
          .isEqualTo(clock.instant().plusSeconds(seconds));
      clock.pass(Duration.ofSeconds(seconds));
    }
    budget.answered();
    assertThat(budget.refused(Optional.empty())).isEqualTo(clock.instant().plusSeconds(1));
  }

  @Test
  void whatWasUnderWayWhenItBeganToWaitMakesItNoLonger() {
    var budget = budget(alone());
    var first = budget.refused(Optional.empty());
    assertThat(budget.refused(Optional.empty())).isEqualTo(first);
    clock.pass(Duration.ofSeconds(1));
    assertThat(budget.refused(Optional.empty())).isEqualTo(clock.instant().plusSeconds(2));
  }

  @Test
  void whoAsksForAYearIsAskedAgainAfterAnHour() {
    var budget = budget(alone());
    assertThat(budget.refused(Optional.of(Duration.ofDays(365))))
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void aQuotaThatTheSpokeTellsCountsAndWhatIsUrgentIsTriedInAnyCase() {
    esp.reserve = 0.1;
    var budget = budget(alone());
    budget.says(89, 100);
    assertThat(budget.left(false)).isEqualTo(1);
    budget.spend();
    assertThat(budget.waits(false)).isTrue();
    assertThat(budget.waits(true)).isFalse();
    var again = clock.instant().plus(Duration.ofMinutes(15));
    assertThat(budget.now()).isEqualTo(new Budget.Now(90, 100, again));
    clock.pass(Duration.ofMinutes(15));
    assertThat(budget.left(false)).isEqualTo(1);
    budget.says(10, 100);
    assertThat(budget.left(false)).isEqualTo(80);
  }
}
