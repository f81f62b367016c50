package io.nave;

import io.nave.consent.VerifyLedger;
import io.nave.consent.VerifyLedger.Report;
import io.nave.platform.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Goes through the whole chain. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Finds whether anything in the consent ledger was tampered with, and names the entry.",
    footer = {
      "",
      "Reads the database itself, beside a running hub or without one, and changes nothing.",
      "Exit code 0: nothing was tampered with; 1: something was.",
      "",
      "Whoever owns the database and the hub's keys could write the whole chain anew. To notice",
      "that, keep what `./nave ledger head` prints in another place, and give it with --head."
    })
final class LedgerVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerDatabase database;

  @Option(
      names = "--head",
      paramLabel = "SEQ:HASH",
      description = "What `./nave ledger head` printed once; repeatable.")
  private List<String> heads = List.of();

  @Override
  public Integer call() {
    var kept = kept();
    var report =
        database.read(
            connection -> {
              long waiting = 0;
              try (var statement = connection.createStatement();
                  var rows = statement.executeQuery("select count(*) from consent_seal")) {
                rows.next();
                waiting = rows.getLong(1);
              }
              try (var progress = Progress.of("entries verified", waiting)) {
                return VerifyLedger.run(connection, kept, progress::reach);
              }
            });
    tell(report);
    return report.findings().isEmpty() ? 0 : 1;
  }

  private Map<Long, String> kept() {
    var kept = new HashMap<Long, String>();
    for (var head : heads) {
      if (!head.matches("\\d{1,18}:[0-9a-fA-F]{64}")) {
        throw new ParameterException(
            spec.commandLine(), "--head: " + head + " (expected: SEQ:HASH as ledger head prints)");
      }
      var colon = head.indexOf(':');
      kept.put(Long.parseLong(head.substring(0, colon)), head.substring(colon + 1));
    }
    return kept;
  }

  private void tell(Report report) {
    var out = spec.commandLine().getOut();
    report.findings().forEach(finding -> out.println(finding.what()));
    out.printf(
        "%d entries in the chain, %d wait to be chained: %s%n",
        report.sealed(),
        report.waiting(),
        report.findings().isEmpty() ? "nothing was tampered with" : "TAMPERED WITH");
    out.flush();
  }
}
