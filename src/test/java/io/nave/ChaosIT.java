package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.chaos.Door;
import io.nave.chaos.Misfortune;
import io.nave.chaos.Misfortune.Kind;
import io.nave.chaos.Plan;
import io.nave.chaos.Report;
import io.nave.chaos.Trial;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The built program, PostgreSQL and Kafka as processes that are struck. */
@Tag("slow")
class ChaosIT {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final long SEED = 1;
  private static final int PEOPLE = 150;
  private static final double RATE = 4;
  private static final Duration QUIET = Duration.ofSeconds(15);

  private static Report run(Duration length, Plan plan, int hubs, boolean dropOne)
      throws Exception {
    assertThat(JAR).as("the built program (expected: ./nave build)").exists();
    var folder = Files.createTempDirectory(Path.of("target"), "chaos");
    var out = new PrintWriter(System.out, true);
    var wish = new Trial.Wish(SEED, length, RATE);
    try (var door = new Door();
        var house = new ChaosHouse(folder.toAbsolutePath(), JAR, hubs, door, List.of());
        var trial = new Trial(wish, plan, house, door, out)) {
      var report = trial.run(QUIET, dropOne);
      out.println(report.text());
      return report;
    }
  }

  private static Plan calm(Duration length) {
    return Plan.of(SEED, PEOPLE, length, RATE, 1).calm();
  }

  private static Misfortune at(int seconds, int lasting, Kind kind, int hub) {
    return new Misfortune(seconds * 1000L, lasting * 1000L, kind, hub, "", 0);
  }

  @Test
  void nothingIsLostThroughMisfortunes() throws Exception {
    var length = Duration.ofMinutes(2);
    var report = run(length, Plan.of(SEED, PEOPLE, length, RATE, 2), 2, false);
    assertThat(report.isClean()).as(report.text()).isTrue();
  }

  @Test
  void nothingIsLostWhereInstancesComeAndGo() throws Exception {
    var length = Duration.ofSeconds(75);
    var changes = calm(length);
    var struck =
        List.of(
            at(5, 3, Kind.HUB_KILLED, 0),
            at(25, 1, Kind.HUB_ADDED, 2),
            at(45, 3, Kind.HUB_DRAINED, 1));
    var report = run(length, new Plan(changes.people(), changes.changes(), struck), 3, false);
    assertThat(report.isClean()).as(report.text()).isTrue();
  }

  @Test
  void aRestoredBackupEndsConsistent() throws Exception {
    var length = Duration.ofSeconds(100);
    var changes = calm(length);
    var struck = List.of(at(25, 15, Kind.BACKUP_RESTORED, 0));
    var report = run(length, new Plan(changes.people(), changes.changes(), struck), 1, false);
    assertThat(report.isClean()).as(report.text()).isTrue();
  }

  @Test
  void aDeliveryThatIsMadeAwayWithIsNoticed() throws Exception {
    var length = Duration.ofSeconds(10);
    var report = run(length, calm(length), 1, true);
    assertThat(report.isClean()).isFalse();
    assertThat(report.text()).contains("mobile:", "expected: 447700999999");
  }
}
