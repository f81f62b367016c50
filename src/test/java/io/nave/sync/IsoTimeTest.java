package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long END = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

  @Test
  void writesTimesAsJavaDoesAndReadsThemAgain() {
    var random = new Random(1);
    var seconds =
        LongStream.concat(LongStream.of(FIRST, -1, 0, END - 1), random.longs(2_000, FIRST, END));
    seconds.forEach(
        second -> {
          for (int nanos : new int[] {0, 999, 1_000, 120_000_000, random.nextInt(1_000_000_000)}) {
            var time = Instant.ofEpochSecond(second, nanos);
            var micros = time.truncatedTo(ChronoUnit.MICROS);
            assertThat(IsoTime.text(time)).isEqualTo(micros.toString());
            assertThat(IsoTime.read(IsoTime.text(time))).isEqualTo(micros);
          }
        });
  }

  @Test
  void writesTimesOutsideFourDigitYearsAsJavaDoes() {
    for (var time : new Instant[] {Instant.MIN, Instant.ofEpochSecond(END), Instant.MAX}) {
      assertThat(IsoTime.text(time)).isEqualTo(time.truncatedTo(ChronoUnit.MICROS).toString());
    }
  }
}
