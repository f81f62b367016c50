package io.nave.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aTerminalShowsABarWithRateAndTimeLeft() {
    var progress = progress(true, 1000);

    pass(10);
    progress.add(250);

    assertThat(shown()).contains("[#######.....................]  25% 250  25/s  0:30 left");
    progress.close();
  }

  @Test
  void lessThanAHundredthTellsNoTimeLeft() {
    var progress = progress(true, 1000);

    pass(10);
    progress.add(9);

    assertThat(shown()).contains("0% 9  1/s  0:10").doesNotContain("left");
    progress.close();
  }

  @Test
  void severalShareOneLineOfTheTerminal() {
    var first = progress(true, 1000);
    try (var second = progress(true, 100)) {
      pass(10);
      first.add(250);
      second.add(50);
      assertThat(shown()).endsWith("\rpeople 25%   people 50%\033[K").doesNotContain("\n");
    }
    first.close();

    assertThat(shown().lines().filter(line -> line.contains("[#"))).hasSize(2);
  }

  @Test
  void nothingNewIsNotSaidAgain() {
    var progress = progress(false, 1000);
    for (int i = 0; i < 5; i++) {
      pass(6);
      progress.reach(1000);
    }
    progress.close();

    assertThat(shown().lines()).hasSize(1);
  }

  @Test
  void elsewhereThereIsALineEveryFewSeconds() {
    var progress = progress(false, 1000);

    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
      progress.add(10);
    }
    progress.close();

    assertThat(shown().lines()).hasSize(2);
    assertThat(shown()).contains("100% 1,000  100/s  0:10").doesNotContain("\r");
  }

  @Test
  void anUnknownTotalShowsNoShare() {
    var progress = progress(false, 0);

    pass(6);
    progress.reach(12);

    assertThat(shown()).contains("12  2/s").doesNotContain("%");
  }

  private Progress progress(boolean terminal, long total) {
    return new Progress("people", total, new PrintStream(bytes, true, UTF_8), terminal, nanos::get);
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private String shown() {
    return bytes.toString(UTF_8);
  }
}
