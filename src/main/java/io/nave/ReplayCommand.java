package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.platform.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares customers with a system again, in a running hub. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares customers with a system again and writes what differs, behind all news: to fill a",
      "new system, or to put right one that lost something. Waits until it is done; stopping this",
      "command does not stop it."
    },
    footer = {
      "",
      "Examples:",
      "  ./nave replay salesforce --all --dry-run",
      "  ./nave replay salesforce --since 2026-05-01T00:00:00Z --until 2026-05-02T00:00:00Z",
      "  ./nave replay --cancel 7"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;
  private static final String PATH = "/api/replays";

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "SPOKE", description = "The system.")
  private String spoke;

  @Option(names = "--customer", paramLabel = "ID", description = "One customer.")
  private String customer;

  @Option(names = "--query", description = "Customers that people's words find.")
  private String query;

  @Option(names = "--since", paramLabel = "TIME", description = "Customers that changed since.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Customers that changed before.")
  private String until;

  @Option(names = "--all", description = "All customers.")
  private boolean all;

  @Option(
      names = "--quiet",
      description = "Does not set off the vendor's automations, where it offers a way.")
  private boolean quiet;

  @Option(names = "--dry-run", description = "Says what would be done, as far as the hub knows.")
  private boolean dryRun;

  @Option(names = "--list", description = "Lists the latest replays.")
  private boolean list;

  @Option(names = "--pause", paramLabel = "NUMBER", description = "Pauses a replay.")
  private Long pause;

  @Option(names = "--resume", paramLabel = "NUMBER", description = "Resumes a replay.")
  private Long resume;

  @Option(names = "--cancel", paramLabel = "NUMBER", description = "Ends a replay where it is.")
  private Long cancel;

  @Mixin private HubOption running;

  @Override
  public Integer call() throws InterruptedException {
    var hub = running.hub();
    var out = spec.commandLine().getOut();
    if (list) {
      hub.get(PATH).path("items").forEach(one -> out.println(line(one)));
    } else if (pause != null || resume != null || cancel != null) {
      var nothing = JsonNodeFactory.instance.objectNode();
      out.println(line(hub.postJson(PATH + act(), nothing)));
    } else {
      return begin(hub, out);
    }
    out.flush();
    return 0;
  }

  private String act() {
    return pause != null
        ? "/" + pause + "/pause"
        : resume != null ? "/" + resume + "/resume" : "/" + cancel + "/cancel";
  }

  private int begin(Hub hub, PrintWriter out) throws InterruptedException {
    var answer = hub.postJson(PATH, wish());
    if (answer.path("refused").isArray()) {
      var err = spec.commandLine().getErr();
      answer.path("refused").forEach(mistake -> err.println(mistake.path("message").asText()));
      err.flush();
      return 1;
    }
    if (answer.hasNonNull("quiet")) {
      out.println("quiet: " + answer.path("quiet").asText());
    }
    var replay = await(hub, answer.path("replay"), out);
    replay.path("samples").forEach(sample -> print(out, sample));
    out.flush();
    return replay.path("state").asText().equals("done") ? 0 : 1;
  }

  private ObjectNode wish() {
    var wish = JsonNodeFactory.instance.objectNode();
    put(wish, "spoke", spoke);
    put(wish, "customer", customer);
    put(wish, "query", query);
    put(wish, "since", since);
    put(wish, "until", until);
    return wish.put("all", all).put("quiet", quiet).put("dryRun", dryRun);
  }

  private static void put(ObjectNode wish, String name, String value) {
    if (value != null) {
      wish.put(name, value);
    }
  }

  private static JsonNode await(Hub hub, JsonNode begun, PrintWriter out)
      throws InterruptedException {
    var replay = begun;
    out.println(line(replay));
    out.flush();
    try (var progress = Progress.of(replay.path("spoke").asText(), replay.path("total").asLong())) {
      while (!isOver(replay)) {
        progress.reach(replay.path("customers").asLong());
        Thread.sleep(LOOK_MILLIS);
        replay = hub.get(PATH + "/" + replay.path("id").asLong());
      }
      progress.reach(replay.path("customers").asLong());
    }
    out.println(line(replay));
    return hub.get(PATH + "/" + replay.path("id").asLong());
  }

  private static boolean isOver(JsonNode replay) {
    return replay.hasNonNull("finishedAt") || replay.path("state").asText().equals("paused");
  }

  private static String line(JsonNode replay) {
    return String.format(
        Locale.ROOT,
        "%d %s %s: %,d of %,d customers, %,d wait; records: %,d created, %,d written, %,d held"
            + " already, %,d not held, %,d failed%s",
        replay.path("id").asLong(),
        replay.path("spoke").asText(),
        replay.path("state").asText(),
        replay.path("customers").asLong(),
        replay.path("total").asLong(),
        replay.path("waiting").asLong(),
        replay.path("created").asLong(),
        replay.path("updated").asLong(),
        replay.path("unchanged").asLong(),
        replay.path("notHeld").asLong(),
        replay.path("failed").asLong(),
        replay.path("dryRun").asBoolean() ? " (dry run: nothing is sent)" : "");
  }

  private static void print(PrintWriter out, JsonNode sample) {
    out.println(sample.path("target").asText());
    out.println("  before " + sample.path("before"));
    out.println("  wanted " + sample.path("wanted"));
  }
}
