package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a file of customers into a running hub. */
@Command(
    name = "load",
    exitCodeOnInvalidInput = 64,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Reads customers from a file into a running hub and waits until it has them.",
    footer = {
      "",
      "A mapping is YAML that names the columns, or JSLT (.jslt) that makes an observation of a",
      "row. Examples: docs/examples/. Without one, what was recognised is told. Loading a file twice changes nothing. The hub has to know the",
      "spoke, as a connected system or by ./nave up --spokes NAME.",
      "Exit code: 0 everything was taken, 2 some rows were refused, 64 wrong options, 1 else.",
      "",
      "Example:",
      "  ./nave load docs/examples/people.csv --spoke shop --mapping docs/examples/people.mapping.yaml"
    })
final class LoadCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "CSV with a header, or NDJSON; UTF-8.")
  private Path file;

  @Option(
      names = "--spoke",
      required = true,
      paramLabel = "NAME",
      description = "The system that the records are from, such as shop.")
  private String spoke;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "How a row becomes a customer (.yaml or .jslt); without it, columns are recognised by"
              + " their usual names.")
  private Path mapping;

  @Option(
      names = "--format",
      description = "${COMPLETION-CANDIDATES} (default: by the file's name).")
  private Rows.Format format;

  @Mixin private HubOption running;

  @Option(
      names = "--patience",
      defaultValue = "PT2M",
      hidden = true,
      description = "How long to wait for a hub that makes no progress.")
  private Duration patience;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var from = NaveMain.typed(file);
    var hub = running.hub();
    var before = Reconciled.of(hub.status());
    long count = count(from);
    Load.Result result;
    var written = format == null ? Rows.Format.of(from) : format;
    var rules = Mapping.of(mapping, from, written, Set.of(), spec.commandLine().getOut());
    try (var rows = Rows.open(from, written);
        var progress = Progress.of("sent", count)) {
      result = new Load(hub, rules, spoke, progress).run(rows);
    }
    var after = Reconciled.await(hub, patience);
    Mapping.tellDropped(rules, spec.commandLine().getOut());
    tell(result, after.reconciled() - before.reconciled());
    return result.refused() == 0 ? 0 : 2;
  }

  /** About how many rows there are, for the progress bar. */
  private static long count(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("file: %s (expected: a readable file)".formatted(file));
    }
    long lines = 0;
    var buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return Math.max(1, lines);
  }

  private void tell(Load.Result result, long reconciled) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("rows        %,d%n", result.rows());
    out.printf("accepted    %,d%n", result.accepted());
    out.printf("refused     %,d%n", result.refused());
    out.printf("reconciled  %,d%n", reconciled);
    result.refusals().stream().limit(SHOWN).forEach(refusal -> out.println("  " + refusal));
    if (result.refused() > SHOWN) {
      out.printf("  and %,d more%n", result.refused() - SHOWN);
    }
    out.flush();
  }
}
