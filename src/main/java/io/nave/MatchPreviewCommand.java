package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a changed matching.yaml on a running hub's records. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows which customers of a running hub a changed matching.yaml would merge, and which it",
      "would split; changes nothing. Nicknames and what was learned are those of the hub."
    },
    footer = {"", "Example:", "  ./nave match preview new.yaml"})
final class MatchPreviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A matching.yaml.")
  private Path file;

  @Mixin private HubOption running;

  @Option(names = "--json", description = "The answer as it came, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var rules = new RulesFile(file, "matching.yaml");
    var answer = running.hub().post("/api/matching/preview", rules.text());
    if (rules.isRefused(answer, spec.commandLine().getErr())) {
      return 1;
    }
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      print(out, answer);
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, JsonNode answer) {
    out.println(
        numbers(
            "%,d records: %,d customers now, %,d then",
            answer.path("records"), answer.path("customers"), answer.path("customersThen")));
    var merges = answer.path("merges");
    out.println(
        numbers("merges: %,d, of %,d customers", merges.path("count"), merges.path("customers")));
    merges.path("examples").forEach(example -> print(out, "merge", example));
    var splits = answer.path("splits");
    out.println(numbers("splits: %,d, into %,d parts", splits.path("count"), splits.path("parts")));
    splits.path("examples").forEach(example -> print(out, "split", example));
  }

  private static String numbers(String words, JsonNode... numbers) {
    var longs = new ArrayList<Object>();
    List.of(numbers).forEach(number -> longs.add(number.asLong()));
    return String.format(Locale.ROOT, words, longs.toArray());
  }

  private static void print(PrintWriter out, String what, JsonNode example) {
    out.println("  " + what);
    for (var part : example.path("parts")) {
      var keys = new ArrayList<String>();
      part.path("records").forEach(record -> keys.add(key(record)));
      long more = part.path("size").asLong() - keys.size();
      out.println(
          "    customer "
              + part.path("customerId").asText()
              + ": "
              + String.join(", ", keys)
              + (more > 0 ? " and " + more + " more" : ""));
    }
    if (example.has("strongest")) {
      strongest(out, example.get("strongest"));
    }
  }

  private static void strongest(PrintWriter out, JsonNode strongest) {
    var then = strongest.path("then");
    out.println("    %s - %s".formatted(key(strongest.path("a")), key(strongest.path("b"))));
    out.println("      is      " + said(strongest.path("now")));
    out.println("      becomes " + said(then));
    for (var reason : then.path("reasons")) {
      var weight = String.format(Locale.ROOT, "%+6.1f", reason.path("weight").asDouble());
      out.println("        " + weight + "  " + reason.path("words").asText());
    }
  }

  private static String said(JsonNode said) {
    return String.format(
        Locale.ROOT,
        "%s, %.1f bits (%s)",
        said.path("outcome").asText(),
        said.path("weight").asDouble(),
        said.path("rule").asText());
  }

  private static String key(JsonNode record) {
    return record.path("spoke").asText() + " " + record.path("recordId").asText();
  }
}
