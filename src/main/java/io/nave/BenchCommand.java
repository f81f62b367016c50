package io.nave;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measurements of a real hub, each on fresh data in a temporary folder. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures how fast and how right the hub is here.",
    subcommands = {
      BenchReconcile.class,
      BenchMatch.class,
      BenchOptOut.class,
      BenchConsent.class,
      BenchSteady.class,
      BenchCatchUp.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
