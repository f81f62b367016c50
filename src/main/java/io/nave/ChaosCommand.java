package io.nave;

import io.nave.chaos.Door;
import io.nave.chaos.Plan;
import io.nave.chaos.Report;
import io.nave.chaos.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Strikes a hub under load with misfortunes, and looks whether anything was lost. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Strikes a hub of several instances with misfortunes; nothing may be lost.",
    footer = {
      "",
      "Starts PostgreSQL, Kafka, four sandboxed systems and the instances of the hub, each as a",
      "process of its own, on fresh data. People change in the systems, while processes are killed",
      "and frozen and systems fail, as the seed decides. Then it waits until all is at rest, and",
      "compares every record in every system with what happened. Linux and macOS only.",
      "Exit code: 0 everything holds, 1 something is broken."
    })
final class ChaosCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "2",
      description = "How long people change and misfortunes strike (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides about changes and misfortunes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--rate",
      defaultValue = "20",
      description = "Changes a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--people",
      defaultValue = "1000",
      description = "People in the systems at the beginning (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--hubs",
      defaultValue = "2",
      description = "Instances of the hub (default: ${DEFAULT-VALUE}).")
  private int hubs;

  @Option(
      names = "--quiet",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "So long nothing may be delivered at the end (default: ${DEFAULT-VALUE}).")
  private int quiet;

  @Option(names = "--calm", description = "People change, and nothing strikes.")
  private boolean calm;

  @Option(
      names = "--drop-one",
      description = "Makes away with one delivery at the end: this must be reported as broken.")
  private boolean dropOne;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report as JSON, too.")
  private Path file;

  @Option(names = "--keep", description = "Keeps the folder with data and logs.")
  private boolean keep;

  @Option(
      names = "--java",
      paramLabel = "OPTION",
      description = "One more option for the hub's Java; repeatable.")
  private List<String> javaOptions = List.of();

  @Override
  public Integer call() throws Exception {
    require(
        minutes > 0 && minutes <= 24 * 60, "--minutes: " + minutes, "more than 0, at most 1440");
    require(rate > 0 && rate <= 1000, "--rate: " + rate, "more than 0, at most 1000");
    require(people >= 1 && people <= 100_000, "--people: " + people, "1 to 100000");
    require(hubs >= 1 && hubs <= 9, "--hubs: " + hubs, "1 to 9");
    require(quiet >= 0, "--quiet: " + quiet, "0 or more");
    var out = spec.commandLine().getOut();
    var report = run();
    out.print(report.text());
    out.flush();
    if (file != null) {
      Files.writeString(NaveMain.typed(file), report.json().toPrettyString() + "\n");
    }
    return report.isClean() ? 0 : 1;
  }

  private Report run() throws Exception {
    var folder = Files.createTempDirectory("nave-chaos");
    var length = Duration.ofMillis(Math.round(minutes * 60_000));
    var jar = Path.of(System.getProperty("java.class.path"));
    var wish = new Trial.Wish(seed, length, rate);
    var planned = Plan.of(seed, people, length, rate, hubs);
    var plan = calm ? planned.calm() : planned;
    boolean clean = false;
    try (var door = new Door();
        var house = new ChaosHouse(folder, jar, hubs, door, javaOptions);
        var trial = new Trial(wish, plan, house, door, spec.commandLine().getOut())) {
      var report = trial.run(Duration.ofSeconds(quiet), dropOne);
      clean = report.isClean();
      return report;
    } finally {
      if (keep || !clean) {
        spec.commandLine().getOut().println("chaos: data and logs are in " + folder);
      } else {
        ChaosHouse.remove(folder);
      }
    }
  }

  private static void require(boolean good, String given, String expected) {
    if (!good) {
      throw new IllegalArgumentException(given + " (expected: " + expected + ")");
    }
  }
}
