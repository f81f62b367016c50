package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.BenchMatchReport.Measured;
import io.nave.BenchMatchReport.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchMatchReportTest {
  private static Measured measured(long customers, double seconds) {
    var burst = new BenchLoad.Burst(1_000, seconds, new BenchUsage(700_000, 300_000));
    return new Measured(customers, burst, new Times(2, 0.2, 0.3, 0.4, 0.6), 300, 700);
  }

  private final BenchMatchReport report =
      new BenchMatchReport(List.of(measured(50_000, 0.5), measured(500_000, 0.625)));

  @Test
  void tellsBothMeasurementsAndWhatIsKept() {
    assertThat(report.table().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "customers 50,000 500,000",
            "observations/s 2,000 1,600",
            "CPU of the hub with Kafka 700 µs 700 µs",
            "time in waiting for turns 10 % 10 %",
            "time in candidates 15 % 15 %",
            "time in scoring 20 % 20 %",
            "time in the database 30 % 30 %",
            "rest 25 % 25 %",
            "rate kept 80 %");
    assertThat(report.json())
        .contains("\"observationsPerSecond\":2000", "\"restPercent\":25", "\"ratio\":0.8");
  }

  @Test
  void tellsOneMeasurementWithoutRatio() {
    var one = new BenchMatchReport(List.of(measured(50_000, 0.5)));
    assertThat(one.table()).doesNotContain("rate kept");
    assertThat(one.json()).doesNotContain("ratio");
  }

  @Test
  void hasNoSharesWhereNothingWasReconciled() {
    assertThat(new Times(0, 0, 0, 0, 0).percent(0)).isZero();
  }
}
