package io.nave;

import io.nave.sandbox.SandboxMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs stand-ins for vendors' systems until it is told to stop. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Stand-ins for the vendors' systems, without a hub, until Ctrl-C.",
    footer = {"", "Example:", "  ./nave sandbox salesforce gigya --port 8201"})
final class SandboxCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Such as salesforce; all: every.")
  private List<String> names;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "The first one's port, the others follow (default: any that are free).")
  private int port;

  @Override
  public Integer call() {
    var args = new ArrayList<>(names);
    args.addAll(List.of("--port", Integer.toString(port)));
    SandboxMain.run(args.toArray(String[]::new));
    return 0;
  }
}
