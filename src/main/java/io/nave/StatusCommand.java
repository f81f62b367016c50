package io.nave;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a running hub says of itself. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what a running hub has received, linked and delivered.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private HubOption running;

  @Option(names = "--json", description = "The answer as it came, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var status = running.hub().status();
    var out = spec.commandLine().getOut();
    out.println(json ? status.toPrettyString() : Tables.of(status));
    out.flush();
    return 0;
  }
}
