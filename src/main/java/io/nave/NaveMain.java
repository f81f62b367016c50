package io.nave;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code nave COMMAND}. */
@QuarkusMain
@Command(
    name = "nave",
    description = "One customer, known the same way in every system.",
    mixinStandardHelpOptions = true,
    version = "Nave 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      LoadCommand.class,
      MatchCommand.class,
      StatusCommand.class,
      SurvivorshipCommand.class,
      DemoCommand.class,
      SandboxCommand.class,
      BenchCommand.class,
      LedgerCommand.class,
      DeadLettersCommand.class,
      QuarantineCommand.class,
      ChaosCommand.class,
      KafkaCommand.class,
      ReplayCommand.class,
      AuditCommand.class,
      CheckCommand.class
    })
public final class NaveMain implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code; development mode goes on. */
  public static void main(String... args) {
    int code = commandLine().execute(args);
    if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      System.exit(code);
    }
  }

  /** The commands; a failure is told in one line. */
  static CommandLine commandLine() {
    return new CommandLine(new NaveMain())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("nave: " + failure.getMessage());
              return 1;
            });
  }

  /** Without a command: says which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A path that a person typed, relative to where the launcher was called. */
  static Path typed(Path path) {
    return Path.of(System.getProperty("nave.called-from", "")).resolve(path);
  }
}
