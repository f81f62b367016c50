package io.nave;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a matching.yaml into force in a running hub. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts a matching.yaml into force in a running hub, and waits until all records are matched",
      "anew. What was learned meanwhile comes into force with it."
    },
    footer = {"", "Example:", "  ./nave match apply new.yaml"})
final class MatchApplyCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A matching.yaml.")
  private Path file;

  @Mixin private HubOption running;

  @Override
  public Integer call() throws InterruptedException {
    var hub = running.hub();
    var rules = new RulesFile(file, "matching.yaml");
    var answer = hub.post("/api/matching/apply", rules.text());
    if (rules.isRefused(answer, spec.commandLine().getErr())) {
      return 1;
    }
    var out = spec.commandLine().getOut();
    out.println("In force. Matching all records anew; stopping this command does not stop it.");
    await(hub, answer.path("id").asLong(), out);
    out.println("Put the file into config/ of every instance: it is what the hub starts with.");
    out.flush();
    return 0;
  }

  private static void await(Hub hub, long id, PrintWriter out) throws InterruptedException {
    while (true) {
      var run = hub.status().path("matching");
      out.println(
          String.format(
              Locale.ROOT,
              "%,d of %,d records, %,d of them or near them went to another customer",
              run.path("done").asLong(),
              run.path("total").asLong(),
              run.path("moved").asLong()));
      out.flush();
      if (run.path("id").asLong() != id || run.hasNonNull("finishedAt")) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
