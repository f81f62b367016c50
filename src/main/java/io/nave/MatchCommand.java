package io.nave;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Which records are the same customer: learned from files and measured on them, tried on a running
 * hub and put into force there.
 */
@Command(
    name = "match",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Trains and measures the matching of records; tries other rules on a running hub.",
    subcommands = {
      MatchTrainCommand.class,
      MatchEvaluateCommand.class,
      MatchPreviewCommand.class,
      MatchApplyCommand.class
    })
final class MatchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
