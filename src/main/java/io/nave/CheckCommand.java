package io.nave;

import io.nave.connectors.CheckFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for mistakes before the hub does. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Looks for mistakes in routes/, connectors/ and config/.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var mistakes = CheckFiles.mistakes(Path.of(""));
    var out = spec.commandLine().getOut();
    mistakes.forEach(out::println);
    out.println(mistakes.isEmpty() ? "no mistakes" : mistakes.size() + " mistakes");
    return mistakes.isEmpty() ? 0 : 1;
  }
}
