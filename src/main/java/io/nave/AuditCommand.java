package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.platform.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what a system really holds with what it should, in a running hub. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads all records of a system and compares them with what the hub believes and wants. Waits",
      "until it is done; stopping this command does not stop it. The exit code is 0 where all is",
      "well, and 1 where something differs."
    },
    footer = {"", "Example:", "  ./nave audit salesforce --repair"})
final class AuditCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;
  private static final String PATH = "/api/audits";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SPOKE", description = "The system.")
  private String spoke;

  @Option(
      names = "--repair",
      description = "Then puts right what was found; shows it and asks first.")
  private boolean repair;

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Mixin private HubOption running;

  @Override
  public Integer call() throws InterruptedException {
    var hub = running.hub();
    var out = spec.commandLine().getOut();
    var wish = JsonNodeFactory.instance.objectNode().put("spoke", spoke);
    var audit = await(hub, hub.postJson(PATH, wish).path("id").asLong(), out);
    print(out, "%,8d  %s", audit.path("findings"));
    print(out, "%,8d    %s", audit.path("fields"));
    out.flush();
    boolean clean = audit.path("findings").isEmpty();
    if (!clean && repair && isWanted(audit, out)) {
      var begun = hub.postJson(PATH + "/" + audit.path("id").asLong() + "/repair", wish);
      out.println("Replay " + begun.path("replay").path("id").asLong() + " writes what differs.");
    }
    out.flush();
    return clean ? 0 : 1;
  }

  private static void print(PrintWriter out, String line, JsonNode numbers) {
    for (var one : numbers.properties()) {
      out.println(String.format(Locale.ROOT, line, one.getValue().asLong(), one.getKey()));
    }
  }

  private static JsonNode await(Hub hub, long id, PrintWriter out) throws InterruptedException {
    var audit = hub.get(PATH + "/" + id);
    try (var progress = Progress.of(audit.path("spoke").asText(), audit.path("total").asLong())) {
      while (!audit.hasNonNull("finishedAt")) {
        progress.reach(audit.path("records").asLong());
        Thread.sleep(LOOK_MILLIS);
        audit = hub.get(PATH + "/" + id);
      }
      progress.reach(audit.path("records").asLong());
    }
    out.println(
        String.format(
            Locale.ROOT,
            "Audit %d of %s is %s: %,d of %,d records differ; %,d were being changed and are not judged",
            id,
            audit.path("spoke").asText(),
            audit.path("state").asText(),
            audit.path("differing").asLong(),
            audit.path("records").asLong(),
            audit.path("pending").asLong()));
    return audit;
  }

  /** Where nobody can be asked, nothing is repaired without {@code --yes}. */
  private boolean isWanted(JsonNode audit, PrintWriter out) {
    if (yes) {
      return true;
    }
    long gone = audit.path("findings").path("vanished").asLong();
    var question =
        String.format(
            Locale.ROOT,
            "Write %,d records of %s, and take notice of %,d that are gone? [y/N] ",
            audit.path("differing").asLong(),
            spoke,
            gone);
    Console console = System.console();
    var answer = console == null ? null : console.readLine(question);
    if (answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      return true;
    }
    out.println(question.strip() + " Nothing was repaired (expected: y, or --yes).");
    return false;
  }
}
