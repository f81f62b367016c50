package io.nave;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that are named but not built yet. */
abstract class Unbuilt implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored;

  @Override
  public Integer call() {
    spec.commandLine().getErr().println("nave " + spec.name() + ": not built yet");
    return 1;
  }

  @Command(name = "demo", description = "A company with four systems and one hub, to play with.")
  static final class Demo extends Unbuilt {}

  @Command(name = "check", description = "Looks for mistakes in routes, connectors and config.")
  static final class Check extends Unbuilt {}
}
