package io.nave.identity;

import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of the model as YAML: written by hand in {@code config/matching.yaml}, or learned, in
 * a file of their own that names frequent values by digests only. What is written and read again is
 * the same to the last bit.
 */
final class ModelFile {
  private static final String PERSON = "person";
  private static final String ORGANISATION = "organisation";
  private static final String HEAD =
      """
      # Learned by ./nave match train; what is written here goes before matching.yaml.
      # Delete the file to go back. Frequent values are kept as digests: nobody is named.
      """;
  private static final String GROUP = "group";
  private static final String EXPECTED =
      "three probabilities: [of one customer, strangers, relatives]";

  private ModelFile() {}

  static MatchModel read(ConfigSection root) {
    double prior = root.number("prior", 0.0001, 1e-9, 0.5);
    double relatives = root.number("relatives", 1, 0.001, 1000);
    return new MatchModel(
        prior,
        relatives,
        levels(root.section("comparators")),
        Frequencies.read(root.section("frequencies")));
  }

  /**
   * Reads a file of learned numbers.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  static MatchingConfig.Models read(Path file) {
    return ConfigFile.read(file, ModelFile::models);
  }

  /** As {@link #read(Path)}, from the text of a file called {@code name}. */
  static MatchingConfig.Models parse(String name, String text) {
    return ConfigFile.parse(name, text, ModelFile::models);
  }

  private static MatchingConfig.Models models(ConfigSection root) {
    return new MatchingConfig.Models(read(root.section(PERSON)), read(root.section(ORGANISATION)));
  }

  /** The file of learned numbers. */
  static String write(MatchingConfig.Models models) {
    StringBuilder out = new StringBuilder(HEAD);
    write(out, PERSON, models.person());
    write(out, ORGANISATION, models.organisation());
    return out.toString();
  }

  private static void write(StringBuilder out, String section, MatchModel model) {
    out.append(section).append(":\n  prior: ").append(model.prior());
    out.append("\n  relatives: ").append(model.relatives()).append("\n  comparators:\n");
    new TreeMap<>(model.levels()).forEach((key, levels) -> write(out, key, levels));
    Frequencies.write(out, model.terms());
  }

  private static void write(StringBuilder out, String key, Levels levels) {
    out.append("    ").append(YamlText.of(key)).append(":\n");
    if (levels.group() != null) {
      out.append("      group: ").append(YamlText.of(levels.group())).append('\n');
    }
    List<String> names = comparison(key).levels();
    for (int i = 0; i < names.size(); i++) {
      out.append("      ").append(names.get(i)).append(": [").append(levels.m(i));
      out.append(", ").append(levels.u(i)).append(", ").append(levels.r(i)).append("]\n");
    }
  }

  private static Map<String, Levels> levels(ConfigSection section) {
    Map<String, Levels> levels = new LinkedHashMap<>();
    for (String key : section.keys()) {
      Comparison comparison = comparison(key);
      if (comparison == null) {
        List<String> known =
            new ArrayList<>(Comparisons.ALL.stream().map(Comparison::key).toList());
        known.add(Comparisons.ATTRIBUTES + "<key>");
        section.mistake(key, "unknown", "one of " + String.join(", ", known));
      } else {
        levels.put(key, levels(section.section(key), comparison));
      }
    }
    return levels;
  }

  private static Comparison comparison(String key) {
    return key.startsWith(Comparisons.ATTRIBUTES)
        ? Comparisons.attribute(key.substring(Comparisons.ATTRIBUTES.length()))
        : Comparisons.of(key);
  }

  private static Levels levels(ConfigSection section, Comparison comparison) {
    int n = comparison.levels().size();
    double[][] byClass = new double[3][n];
    for (int i = 0; i < n; i++) {
      double[] three = probabilities(section, comparison.levels().get(i));
      for (int c = 0; c < 3; c++) {
        byClass[c][i] = three[c];
      }
    }
    return new Levels(section.text(GROUP, null), byClass[0], byClass[1], byClass[2]);
  }

  private static double[] probabilities(ConfigSection section, String level) {
    List<String> texts = section.texts(level);
    try {
      double[] numbers = texts.stream().mapToDouble(Double::parseDouble).toArray();
      if (numbers.length == 3 && Arrays.stream(numbers).allMatch(p -> p > 0 && p <= 1)) {
        return numbers;
      }
    } catch (NumberFormatException notNumbers) {
      // told below
    }
    section.mistake(level, texts.toString(), EXPECTED);
    return new double[] {0.5, 0.5, 0.5};
  }
}
