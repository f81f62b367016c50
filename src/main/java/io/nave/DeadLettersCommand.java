package io.nave;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deliveries that a system would not take, of a running hub. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Deliveries that a system would not take: lists, retries or discards them.")
final class DeadLettersCommand extends WaitingCommand {

  @Override
  String path() {
    return "/api/dead-letters";
  }

  @Override
  String counted() {
    return "deliveries";
  }

  @Override
  String one() {
    return "target";
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
      description = "Tries them again, from the beginning.")
  int retry(@Mixin HubOption running, @Mixin Which which) throws InterruptedException {
    return post(running, which, "retry", null);
  }

  @Command(name = "discard", mixinStandardHelpOptions = true, description = "Gives them up.")
  int discard(
      @Mixin HubOption running,
      @Mixin Which which,
      @Option(names = "--reason", description = "Why, for those who ask later.") String reason)
      throws InterruptedException {
    return post(running, which, "discard", reason);
  }
}
