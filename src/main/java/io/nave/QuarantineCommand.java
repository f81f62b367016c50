package io.nave;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Messages that could not be understood, of a running hub. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Messages that could not be understood: lists, takes in or discards them.")
final class QuarantineCommand extends WaitingCommand {

  @Override
  String path() {
    return "/api/quarantine";
  }

  @Override
  String counted() {
    return "messages";
  }

  @Override
  String one() {
    return "id";
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists their causes, and with --spoke each of them.")
  int list(
      @Mixin HubOption running,
      @Option(names = "--spoke", description = "A system.") String spoke,
      @Option(names = "--limit", defaultValue = "50", description = "So many at most.") int limit,
      @Option(names = "--json", description = "The answer as it came, for programs.") boolean json)
      throws InterruptedException {
    return super.list(running, spoke, limit, json);
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Takes them in again, after a mapping or the configuration was mended.")
  int retry(@Mixin HubOption running, @Mixin Which which) throws InterruptedException {
    return post(running, which, "retry", null);
  }

  @Command(name = "discard", mixinStandardHelpOptions = true, description = "Deletes them.")
  int discard(
      @Mixin HubOption running,
      @Mixin Which which,
      @Option(names = "--reason", description = "Why, for those who ask later.") String reason)
      throws InterruptedException {
    return post(running, which, "discard", reason);
  }
}
