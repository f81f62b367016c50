package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a system that was paused is brought in line again. */
@Command(
    name = "catch-up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures how a system that was paused catches up with what changed meanwhile.",
    footer = {
      "",
      "Starts one sandboxed system in this process, with no limits of its own, and a hub with",
      "PostgreSQL and Kafka in one of its own (1 GiB of heap). People become known and are created",
      "in the system. Then an operator pauses it, each of the people gets another number again and",
      "again, and it is resumed. What counts is what is written then: the last state of each."
    })
final class BenchCatchUp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--people",
      defaultValue = "20000",
      description = "So many people (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--changes",
      defaultValue = "5",
      description = "So many changes of each (default: ${DEFAULT-VALUE}).")
  private int changes;

  @Option(names = "--seed", defaultValue = "1", description = "Of the people (default: 1).")
  private long seed;

  @Mixin private BenchOptions options;

  /**
   * The figures.
   *
   * @param writes how many deliveries were made after it was resumed
   * @param took from then until none waited
   * @param memory the most that was ever resident, in MiB
   */
  record Figures(long changes, long writes, Duration took, long memory) {
    private double perSecond() {
      return writes * 1e9 / took.toNanos();
    }

    String table() {
      return String.format(
          Locale.ROOT,
          "changes while it was paused %,d%nwrites to catch up          %,d%n"
              + "caught up after             %,.1f s (%,.0f writes/s)%nmost memory                 %,d MiB",
          changes,
          writes,
          took.toMillis() / 1000.0,
          perSecond(),
          memory);
    }

    String json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("changes", changes)
          .put("writes", writes)
          .put("seconds", took.toMillis() / 1000.0)
          .put("writesPerSecond", perSecond())
          .put("memoryMiB", memory)
          .toString();
    }
  }

  @Override
  public Integer call() throws Exception {
    if (people < 1 || changes < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "people: %d, changes: %d (expected: one or more of both)".formatted(people, changes));
    }
    try (var one = new BenchOneSystem(options.java(), people, seed)) {
      one.fill();
      var figures = measure(one);
      options.tell(figures::table, figures::json);
    }
    return 0;
  }

  /** A figure that stays the same for some looks. */
  private static final class Still {
    private static final int LOOKS = 6;
    private long last = -1;
    private int same;

    boolean isStill(long figure) {
      same = figure == last ? same + 1 : 0;
      last = figure;
      return same >= LOOKS;
    }
  }

  private Figures measure(BenchOneSystem one) throws InterruptedException {
    var path = "/api/spokes/" + BenchOneSystem.SPOKE;
    var reason = JsonNodeFactory.instance.objectNode().put("reason", "bench catch-up");
    one.status().postJson(path + "/pause", reason);
    var random = new Random(seed);
    for (int time = 0; time < changes; time++) {
      for (int number = 0; number < people; number++) {
        one.append(number, random, Instant.now());
      }
    }
    one.log().acknowledged();
    var still = new Still();
    one.awaitAll(
        "changed while it is paused",
        progress -> {
          long lag = one.lag();
          progress.reach(Math.min(people, lag));
          return one.reconcileLag() == 0 && still.isStill(lag);
        });
    long before = one.delivered();
    long begun = System.nanoTime();
    one.status().post(path + "/resume", "");
    one.awaitAll(
        "caught up",
        progress -> {
          progress.reach(people - Math.min(people, one.lag()));
          return one.lag() == 0;
        });
    long took = System.nanoTime() - begun;
    return new Figures(
        (long) people * changes,
        one.delivered() - before,
        Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(took)),
        BenchUsage.peakMemory(one.hub().pid()));
  }
}
