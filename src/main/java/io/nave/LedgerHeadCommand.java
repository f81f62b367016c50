package io.nave;

import io.nave.consent.VerifyLedger;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells where the chain ends, to be kept in another place. */
@Command(
    name = "head",
    mixinStandardHelpOptions = true,
    description = "Prints where the consent ledger's chain ends, as SEQ:HASH and when.")
final class LedgerHeadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LedgerDatabase database;

  @Override
  public Integer call() {
    var head = database.read(VerifyLedger::head);
    var out = spec.commandLine().getOut();
    out.println(
        head == null ? "the chain is empty" : head.seq() + ":" + head.hash() + " " + head.at());
    out.flush();
    return 0;
  }
}
