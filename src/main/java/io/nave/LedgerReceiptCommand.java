package io.nave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nave.consent.VerifyReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a receipt that somebody brings. */
@Command(
    name = "receipt",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Checks a receipt: this hub signed it, and its entry is in the chain unaltered.",
    footer = {
      "",
      "Reads the database itself, beside a running hub or without one, and changes nothing.",
      "Exit code 0: the receipt is good; 1: it is not. For the whole chain: ./nave ledger verify."
    })
final class LedgerReceiptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerDatabase database;

  @Parameters(
      paramLabel = "FILE",
      description = "As it was downloaded: JSON with its jws, or the jws alone.")
  private Path file;

  @Override
  public Integer call() {
    var jws = jws(text());
    var report = database.read(connection -> VerifyReceipt.run(connection, jws));
    var out = spec.commandLine().getOut();
    out.println(report.what());
    out.flush();
    return report.good() ? 0 : 1;
  }

  private String text() {
    try {
      return Files.readString(NaveMain.typed(file));
    } catch (IOException unreadable) {
      throw new ParameterException(
          spec.commandLine(), "FILE: " + file + " (expected: a receipt that can be read)");
    }
  }

  private static String jws(String text) {
    try {
      return text.strip().startsWith("{")
          ? new JsonMapper().readTree(text).path("jws").asText()
          : text;
    } catch (JsonProcessingException notJson) {
      return text;
    }
  }
}
