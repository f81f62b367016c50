package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.identity.MatchRules;
import io.nave.identity.MatchingConfig;
import io.nave.identity.SourceRecord;
import io.nave.identity.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the matching on a file whose truth is known. */
@Command(
    name = "evaluate",
    exitCodeOnInvalidInput = 64,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells how right the matching is on a file that says which rows are the same customer.",
      "The matcher never sees that column."
    },
    footer = {
      "",
      "Example:",
      "  ./nave match evaluate people.csv --truth entity_id --train --html matching.html"
    })
final class MatchEvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "CSV with a header, or NDJSON; UTF-8.")
  private Path file;

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "COLUMN",
      description = "The column with the same value in all rows of one customer.")
  private String truth;

  @ArgGroup(exclusive = false)
  private MatchOptions options = new MatchOptions();

  @Option(
      names = "--train",
      description =
          "Learn from the file first, without the truth; else the hub's rules as they are.")
  private boolean train;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts and mistakes.")
  private Path html;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write which records make up which customer, as /api/crosswalk does.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var from = NaveMain.typed(file);
    requireTruth(from);
    long begun = System.nanoTime();
    var read = options.read(from, Set.of(truth), truth, out);
    long ready = System.nanoTime();
    var rules = rules(read);
    long trained = System.nanoTime();
    var evaluation = Evaluation.of(rules, read.records(), read.truth());
    var took =
        new EvaluationReport.Took(
            ready - begun, train ? trained - ready : 0, System.nanoTime() - trained);
    new EvaluationReport(evaluation, took, read.refused()).print(out);
    if (html != null) {
      Files.writeString(
          NaveMain.typed(html), new EvaluationPage(evaluation, from.getFileName() + "").html());
      out.println("page        " + NaveMain.typed(html));
    }
    if (to != null) {
      Files.write(NaveMain.typed(to), crosswalk(evaluation.found(), read.records()));
      out.println("customers   " + NaveMain.typed(to));
    }
    out.flush();
    return 0;
  }

  private static List<String> crosswalk(
      Collection<Set<Long>> customers, List<SourceRecord> records) {
    var byId = records.stream().collect(Collectors.toMap(SourceRecord::id, SourceRecord::key));
    var lines = new ArrayList<String>();
    int number = 0;
    for (var customer : customers) {
      number++;
      for (long id : customer) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("spoke", byId.get(id).spoke()).put("recordId", byId.get(id).recordId());
        lines.add(line.put("customerId", Integer.toString(number)).toString());
      }
    }
    return lines;
  }

  private MatchRules rules(MatchOptions.Read read) {
    var matching = options.matching();
    if (!train) {
      return new MatchRules(MatchingConfig.read(matching));
    }
    var customers = read.records().stream().map(record -> record.customer()).toList();
    return Training.learn(new MatchRules(MatchingConfig.untrained(matching)), customers);
  }

  private void requireTruth(Path from) throws IOException {
    try (var rows = Rows.open(from, Rows.Format.of(from))) {
      if (!rows.columns().isEmpty() && !rows.columns().contains(truth)) {
        throw new IllegalArgumentException(
            "--truth: %s (expected: one of %s)".formatted(truth, rows.columns()));
      }
    }
  }
}
