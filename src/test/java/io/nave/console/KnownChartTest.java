package io.nave.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownChartTest {

  @Test
  void countsActsByHowLongTheyTookAndSaysThePercentiles() {
    var times = IntStream.rangeClosed(1, 100).mapToObj(n -> Duration.ofMillis(n * 20L)).toList();
    var chart = KnownChart.of(times);
    assertThat(chart.n()).isEqualTo("100");
    assertThat(chart.p50()).isEqualTo("1 s");
    assertThat(chart.p95()).isEqualTo("1.9 s");
    assertThat(chart.p99()).isEqualTo("2 s");
    assertThat(chart.bars()).extracting(KnownChart.Bar::n).startsWith("12", "13", "25", "50", "0");
    assertThat(chart.bars()).extracting(KnownChart.Bar::label).first().isEqualTo("≤ 250 ms");
    assertThat(chart.bars()).extracting(KnownChart.Bar::label).last().isEqualTo("> 1 h");
  }

  @Test
  void nothingIsEmpty() {
    assertThat(KnownChart.of(List.of()).isEmpty()).isTrue();
    assertThat(KnownChart.of(List.of(Duration.ofDays(2))).bars())
        .last()
        .extracting(KnownChart.Bar::n)
        .isEqualTo("1");
  }

  @Test
  void saysTimesInWords() {
    assertThat(KnownChart.words(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(KnownChart.words(Duration.ofMinutes(3))).isEqualTo("3 min");
    assertThat(KnownChart.words(Duration.ofHours(30))).isEqualTo("30 h");
  }
}
