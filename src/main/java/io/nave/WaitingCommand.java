package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What waits for a person in a running hub: what the commands for both kinds have in common. */
abstract class WaitingCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Where the API has them. */
  abstract String path();

  /** What the API calls them when it counts them. */
  abstract String counted();

  /** Which of them. */
  static final class Which {
    @Option(names = "--spoke", description = "Those of a system.")
    private String spoke;

    @Option(names = "--cause", description = "Those of a cause, in the words of the list.")
    private String cause;

    @Option(names = "--one", description = "A single one, as the list names it.")
    private String one;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only says how many these are.")
    private boolean dryRun;

    private ObjectNode json(String nameOfOne) {
      var json = JsonNodeFactory.instance.objectNode();
      put(json, "spoke", spoke);
      put(json, "cause", cause);
      put(json, nameOfOne, one);
      if (all) {
        json.put("all", true);
      }
      if (dryRun) {
        json.put("dryRun", true);
      }
      return json;
    }

    private static void put(ObjectNode json, String name, String value) {
      if (value != null) {
        json.put(name, value);
      }
    }
  }

  /** What the API calls a single one. */
  abstract String one();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Prints the causes, and the single ones of a system where it is named. */
  int list(HubOption running, String spoke, int limit, boolean json) throws InterruptedException {
    var query =
        spoke == null
            ? "?limit=0"
            : "?limit=" + limit + "&spoke=" + URLEncoder.encode(spoke, StandardCharsets.UTF_8);
    var answer = running.hub().get(path() + query);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      print(out, answer);
    }
    out.flush();
    return 0;
  }

  private void print(PrintWriter out, JsonNode answer) {
    if (answer.path("causes").isEmpty()) {
      out.println("Nothing waits.");
    }
    answer
        .path("causes")
        .forEach(
            cause ->
                out.println(
                    String.format(
                        Locale.ROOT,
                        "%,8d  %-14s %s%s",
                        cause.path("n").asLong(),
                        cause.path("spoke").asText(),
                        cause.hasNonNull("kind") ? cause.path("kind").asText() + "  " : "",
                        cause.path("cause").asText())));
    answer
        .path("items")
        .forEach(
            item ->
                out.println(
                    "%s  %s  %s"
                        .formatted(
                            item.path("spoke").asText(),
                            item.path(one()).asText(),
                            item.path(item.has("error") ? "error" : "cause").asText())));
  }

  /** Posts the wish and prints what became of it. */
  int post(HubOption running, Which which, String act, String reason) throws InterruptedException {
    var wish = which.json(one());
    if (reason != null) {
      wish.put("reason", reason);
    }
    var answer = running.hub().postJson(path() + "/" + act, wish);
    var out = spec.commandLine().getOut();
    if (answer.has("refused") && answer.path("refused").isArray()) {
      answer
          .path("refused")
          .forEach(
              mistake -> spec.commandLine().getErr().println(mistake.path("message").asText()));
      spec.commandLine().getErr().flush();
      return 1;
    }
    out.println(words(answer));
    out.flush();
    return answer.path("refused").asLong() > 0 ? 1 : 0;
  }

  private String words(JsonNode answer) {
    if (answer.has(counted())) {
      return String.format(
          Locale.ROOT,
          "%,d %s%s",
          answer.path(counted()).asLong(),
          counted(),
          answer.path("dryRun").asBoolean() ? " are meant; nothing was done" : "");
    }
    var first = answer.path("firstCause").textValue();
    return String.format(
            Locale.ROOT,
            "%,d taken in, %,d refused",
            answer.path("accepted").asLong(),
            answer.path("refused").asLong())
        + (first == null ? "" : ", the first one since: " + first);
  }
}
