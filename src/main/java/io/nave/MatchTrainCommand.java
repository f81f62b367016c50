package io.nave;

import io.nave.identity.MatchRules;
import io.nave.identity.MatchingConfig;
import io.nave.identity.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns the model's numbers from files. */
@Command(
    name = "train",
    exitCodeOnInvalidInput = 64,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learns how much each comparison says from files of customers; nobody has to say which",
      "records are the same. A hub that is started then uses what was learned."
    },
    footer = {"", "Example:", "  ./nave match train docs/examples/people.csv"})
final class MatchTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "CSV with a header, or NDJSON; UTF-8.")
  private List<Path> files;

  @ArgGroup(exclusive = false)
  private MatchOptions options = new MatchOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write (default: the file that matching.yaml names, beside it).")
  private Path to;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var customers = new ArrayList<io.nave.canonical.Customer>();
    for (var file : files) {
      var read = options.read(NaveMain.typed(file), Set.of(), null, out);
      read.records().forEach(record -> customers.add(record.customer()));
    }
    long begun = System.nanoTime();
    var learned =
        Training.learn(new MatchRules(MatchingConfig.untrained(options.matching())), customers);
    var config = learned.config();
    var target =
        to == null ? options.matching().resolveSibling(config.modelFile()) : NaveMain.typed(to);
    Files.writeString(target, config.modelText());
    out.printf("records     %,d%n", customers.size());
    config.summary().forEach(line -> out.println("  " + line));
    out.printf("learned in  %.1f s%nwritten to  %s%n", seconds(begun), target);
    out.flush();
    return 0;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
