package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a changed survivorship.yaml on a running hub's customers, and puts it into force. */
@Command(
    name = "survivorship",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "What a changed survivorship.yaml would change, and how to apply it.")
final class SurvivorshipCommand implements Runnable {
  private static final long LOOK_MILLIS = 1000;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description = "Shows what the file would change on the live customers; changes nothing.")
  int preview(
      @Parameters(paramLabel = "FILE", description = "A survivorship.yaml.") Path file,
      @Mixin HubOption running,
      @Option(names = "--json", description = "The answer as it came, for programs.") boolean json)
      throws InterruptedException {
    var rules = new RulesFile(file, "survivorship.yaml");
    var answer = running.hub().post("/api/survivorship/preview", rules.text());
    var out = spec.commandLine().getOut();
    if (rules.isRefused(answer, spec.commandLine().getErr())) {
      return 1;
    }
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      print(out, answer);
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = "Puts the file into force and waits until all customers are computed anew.")
  int apply(
      @Parameters(paramLabel = "FILE", description = "A survivorship.yaml.") Path file,
      @Mixin HubOption running)
      throws InterruptedException {
    var hub = running.hub();
    var rules = new RulesFile(file, "survivorship.yaml");
    var answer = hub.post("/api/survivorship/apply", rules.text());
    if (rules.isRefused(answer, spec.commandLine().getErr())) {
      return 1;
    }
    var out = spec.commandLine().getOut();
    out.println("In force. Computing all customers anew; stopping this command does not stop it.");
    await(hub, answer.path("id").asLong(), out);
    out.println("Put the file into config/ of every instance: it is what the hub starts with.");
    out.flush();
    return 0;
  }

  private static void await(Hub hub, long id, PrintWriter out) throws InterruptedException {
    while (true) {
      var run = hub.status().path("survivorship");
      out.println(
          String.format(
              Locale.ROOT,
              "%,d of %,d customers, %,d changed",
              run.path("done").asLong(),
              Math.max(run.path("total").asLong(), run.path("done").asLong()),
              run.path("changed").asLong()));
      out.flush();
      if (run.path("id").asLong() != id || run.hasNonNull("finishedAt")) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static void print(PrintWriter out, JsonNode answer) {
    out.println(
        String.format(
            Locale.ROOT,
            "%,d of %,d customers would change",
            answer.path("changing").asLong(),
            answer.path("customers").asLong()));
    answer
        .path("attributes")
        .properties()
        .forEach(
            attribute -> {
              long customers = attribute.getValue().path("customers").asLong();
              out.println(String.format(Locale.ROOT, "%n%s: %,d", attribute.getKey(), customers));
              attribute.getValue().path("examples").forEach(example -> example(out, example));
            });
  }

  private static void example(PrintWriter out, JsonNode example) {
    out.println("  customer " + example.path("customerId").asText());
    for (var side : new String[] {"from", "to"}) {
      var value = example.get(side);
      var text = value == null || value.isNull() ? "nothing" : value.toString();
      out.println("    " + (side.equals("from") ? "is      " : "becomes ") + text);
      out.println("            " + origin(example.path(side + "Lineage")));
    }
  }

  private static String origin(JsonNode lineage) {
    var first = lineage.isArray() ? lineage.path(0) : lineage;
    return first.isEmpty()
        ? ""
        : "from %s %s (%s)"
            .formatted(
                first.path("spoke").asText(),
                first.path("recordId").asText(),
                first.path("rule").asText());
  }
}
