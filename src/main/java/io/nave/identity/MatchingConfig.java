package io.nave.identity;

import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code config/matching.yaml} says, and the table of nicknames it names. */
public final class MatchingConfig {
  private static final List<String> OUTCOMES =
      List.of(Outcome.MATCH.name(), Outcome.POSSIBLE_MATCH.name());

  private final List<MatchRule> rules;
  private final List<Guard> guards;
  private final Placeholders placeholders;
  private final List<String> personalIdentifiers;
  private final List<String> legalForms;
  private final int largestBlock;
  private final Nicknames nicknames;

  private MatchingConfig(ConfigSection root, Path folder) {
    nicknames = Nicknames.read(folder.resolve(root.text("nicknames", "nicknames.csv")));
    largestBlock = root.count("largestBlock", 50, 2, 1000);
    placeholders = Placeholders.read(root.section("placeholders"));
    personalIdentifiers = root.texts("personalIdentifiers");
    legalForms = root.texts("legalForms");
    guards = root.allOf("guards", Guard.keys()).stream().map(Guard::of).toList();
    rules = root.sections("rules").stream().map(MatchingConfig::rule).toList();
    refuseTwins(root);
  }

  /**
   * Reads the file; the nicknames lie beside it.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static MatchingConfig read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return ConfigFile.read(file, root -> new MatchingConfig(root, folder));
  }

  /** Reads the text of a file called {@code name} whose nicknames lie in {@code folder}. */
  public static MatchingConfig parse(String name, String text, Path folder) {
    return ConfigFile.parse(name, text, root -> new MatchingConfig(root, folder));
  }

  List<MatchRule> rules() {
    return rules;
  }

  List<Guard> guards() {
    return guards;
  }

  Placeholders placeholders() {
    return placeholders;
  }

  List<String> personalIdentifiers() {
    return personalIdentifiers;
  }

  List<String> legalForms() {
    return legalForms;
  }

  int largestBlock() {
    return largestBlock;
  }

  Nicknames nicknames() {
    return nicknames;
  }

  private static MatchRule rule(ConfigSection section) {
    List<String> when = section.allOf("when", Evidence.keys());
    if (when.isEmpty()) {
      section.mistake("when", "nothing", "a list of " + String.join(", ", Evidence.keys()));
    }
    String scope = section.oneOf("for", List.of("person", "organisation", "any"), "any");
    String outcome = section.oneOf("outcome", OUTCOMES, null);
    if (outcome == null) {
      section.mistake("outcome", "missing or wrong", "one of " + String.join(", ", OUTCOMES));
    }
    return new EvidenceRule(
        section.text("name"),
        EvidenceRule.Scope.valueOf(scope),
        when.stream().map(Evidence::of).toList(),
        outcome == null ? Outcome.POSSIBLE_MATCH : Outcome.valueOf(outcome),
        section.number("weight", 10, 0.1, 1000));
  }

  private void refuseTwins(ConfigSection root) {
    if (rules.isEmpty()) {
      root.mistake("rules", "none", "at least one rule");
    }
    Set<String> names = new HashSet<>();
    for (MatchRule rule : rules) {
      if (!names.add(rule.name())) {
        root.mistake("rules", rule.name() + " twice", "each name once");
      }
    }
  }
}
