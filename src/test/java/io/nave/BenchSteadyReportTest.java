package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.BenchSteadyReport.Minute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchSteadyReportTest {
  private static final double EVER = Double.POSITIVE_INFINITY;

  private static BenchSteadyReport report(Map<Double, Double> before, Map<Double, Double> after) {
    var minutes = List.of(new Minute(100, 7), new Minute(140, 5), new Minute(120, 9));
    return new BenchSteadyReport(10, minutes, before, after, new BenchUsage(1_800, 900), 512);
  }

  @Test
  void readsTheBucketsOfOneSpoke() {
    var metrics =
        """
        # TYPE nave_delivery_time_seconds histogram
        nave_delivery_time_seconds_bucket{spoke="gigya",le="0.1"} 5.0
        nave_delivery_time_seconds_bucket{spoke="acoustic",le="0.1"} 50.0
        nave_delivery_time_seconds_bucket{spoke="gigya",le="+Inf"} 9.0
        nave_delivery_time_seconds_count{spoke="gigya"} 9.0
        """;
    assertThat(BenchSteadyReport.buckets(metrics, "gigya"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0.1, 5.0, EVER, 9.0));
  }

  @Test
  void countsOnlyWhatCameSince() {
    var report =
        report(
            Map.of(0.1, 90.0, 1.0, 90.0, EVER, 90.0), Map.of(0.1, 140.0, 1.0, 188.0, EVER, 190.0));
    assertThat(report.within(50)).isEqualTo(0.1);
    assertThat(report.within(99)).isEqualTo(EVER);
    assertThat(report.within(98)).isEqualTo(1.0);
    assertThat(report.table()).contains("within 1 s                  98.00 %");
  }

  @Test
  void comparesTheFirstThirdWithTheLast() {
    var report = report(Map.of(), Map.of(EVER, 1.0));
    assertThat(report.third(false, Minute::heap)).isEqualTo(100);
    assertThat(report.third(true, Minute::waiting)).isEqualTo(9);
    assertThat(report.json()).contains("\"heapMiBFirst\":100.0", "\"hubMicros\":1.0");
  }

  @Test
  void saysNothingOfNothing() {
    assertThat(report(Map.of(), Map.of()).table()).contains("delivered                   0");
  }
}
