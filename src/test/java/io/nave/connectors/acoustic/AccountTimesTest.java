package io.nave.connectors.acoustic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.VendorError;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountTimesTest {
  private final AccountTimes times = new AccountTimes("America/New_York");

  @Test
  void readsEveryFormInTheAccountsZone() {
    Instant three = Instant.parse("2026-01-02T20:15:00Z");
    assertThat(times.read("01/02/2026 03:15 PM").first()).isEqualTo(three);
    assertThat(times.read("1/2/26 3:15 PM").first()).isEqualTo(three);
    assertThat(times.read("01/02/2026 15:15").last()).isEqualTo(three.plusSeconds(59));
    assertThat(times.read("01/02/2026 15:15:07").last()).isEqualTo(three.plusSeconds(7));
    assertThatThrownBy(() -> times.read("yesterday")).isInstanceOf(VendorError.class);
  }

  @Test
  void narrowsAMinuteByWhatIsKnown() {
    AccountTimes.Moment minute = times.read("01/02/2026 03:15 PM");
    assertThat(minute.notBefore(Instant.parse("2026-01-02T20:15:30Z")))
        .isEqualTo("2026-01-02T20:15:30Z");
    assertThat(minute.notBefore(Instant.parse("2026-01-02T20:00:00Z")))
        .isEqualTo("2026-01-02T20:15:00Z");
    assertThat(minute.notBefore(Instant.parse("2026-01-02T21:00:00Z")))
        .isEqualTo("2026-01-02T20:15:59.999Z");
  }

  @Test
  void startsAWindowBeforeTheHourThatComesTwice() {
    assertThat(times.start(Instant.parse("2026-11-01T05:30:00Z"))).isEqualTo("11/01/2026 00:59:59");
    assertThat(times.start(Instant.parse("2026-11-01T06:30:00Z"))).isEqualTo("11/01/2026 00:59:59");
    assertThat(times.start(Instant.parse("2026-11-01T07:30:00Z"))).isEqualTo("11/01/2026 02:30:00");
  }

  @Test
  void readsTheHourThatComesTwiceAsEitherOfTheTwo() {
    AccountTimes.Moment moment = times.read("11/01/2026 01:30:00");
    assertThat(moment.first()).isEqualTo("2026-11-01T05:30:00Z");
    assertThat(moment.last()).isEqualTo("2026-11-01T06:30:00Z");
  }
}
