package io.nave;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all measurements can be told. */
final class BenchOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--java",
      paramLabel = "OPTION",
      description = "One more option for the hub's Java, such as for a profiler; repeatable.")
  private List<String> java = List.of();

  @Option(names = "--json", description = "One line of JSON only, for programs.")
  private boolean json;

  List<String> java() {
    return java;
  }

  void tell(Supplier<String> table, Supplier<String> line) {
    var out = spec.commandLine().getOut();
    out.println(json ? line.get() : table.get());
    out.flush();
  }
}
