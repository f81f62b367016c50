package io.nave;

import io.nave.sandbox.SandboxMain;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts stand-ins for the vendors' systems. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Stand-ins for the vendors' systems.")
final class SandboxCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Such as salesforce; all: every one.")
  private List<String> names = List.of();

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "The first one's port; 0 is any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() {
    var args = Stream.concat(names.stream(), Stream.of("--port", String.valueOf(port)));
    SandboxMain.run(args.toArray(String[]::new));
    return 0;
  }
}
