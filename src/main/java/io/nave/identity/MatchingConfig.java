package io.nave.identity;

import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code config/matching.yaml} says, and the table of nicknames it names. */
public final class MatchingConfig {
  private static final String NOTHING = "nothing";
  private static final List<String> OUTCOMES =
      List.of(Outcome.MATCH.name(), Outcome.POSSIBLE_MATCH.name(), Outcome.NO_MATCH.name());

  private final List<LevelRule> rules;
  private final Placeholders placeholders;
  private final List<String> personalIdentifiers;
  private final List<String> legalForms;
  private final Limits limits;
  private final Nicknames nicknames;
  private final double matchBits;
  private final double learnedMatchBits;
  private final double possibleBits;
  private final Models models;

  /** The name of the file of learned numbers, beside the configuration; null: none. */
  private final String learned;

  /**
   * The model of persons, and of records that do not say what they are, and that of organisations.
   */
  record Models(MatchModel person, MatchModel organisation) {}

  /**
   * How much may come together.
   *
   * @param block records with one blocking key; a key that more of them have says nothing
   * @param records records of one customer
   * @param ofOneSpoke records of one spoke in a customer
   * @param emails e-mail addresses of a customer
   */
  record Limits(int block, int records, int ofOneSpoke, int emails) {}

  private MatchingConfig(ConfigSection root, Path folder) {
    nicknames = nicknames(root, folder);
    placeholders = Placeholders.read(root.section("placeholders"));
    personalIdentifiers = root.texts("personalIdentifiers");
    legalForms = root.texts("legalForms");
    limits = limits(root.section("limits"));
    double match = root.number("match", 0.99, 0.5, 0.999999);
    matchBits = bits(match);
    learnedMatchBits = bits(root.number("matchWhenLearned", match, 0.5, 0.999999));
    possibleBits = bits(root.number("possibleMatch", 0.5, 0.001, 0.999999));
    models =
        new Models(
            ModelFile.read(root.section("person")), ModelFile.read(root.section("organisation")));
    learned = beside(root, "model", null);
    rules = root.sections("rules").stream().map(MatchingConfig::rule).toList();
    refuseTwins(root);
  }

  private MatchingConfig(MatchingConfig other, Models models) {
    nicknames = other.nicknames;
    placeholders = other.placeholders;
    personalIdentifiers = other.personalIdentifiers;
    legalForms = other.legalForms;
    limits = other.limits;
    matchBits = other.learnedMatchBits;
    learnedMatchBits = other.learnedMatchBits;
    possibleBits = other.possibleBits;
    rules = other.rules;
    learned = other.learned;
    this.models = models;
  }

  /**
   * Reads the file; the nicknames lie beside it, and what was learned, where it is there.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static MatchingConfig read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return ConfigFile.read(file, root -> new MatchingConfig(root, folder)).withLearned(folder);
  }

  /** Reads the text of a file called {@code name} whose nicknames lie in {@code folder}. */
  public static MatchingConfig parse(String name, String text, Path folder) {
    return ConfigFile.parse(name, text, root -> new MatchingConfig(root, folder))
        .withLearned(folder);
  }

  private MatchingConfig withLearned(Path folder) {
    Path file = learned == null ? null : folder.resolve(learned);
    return file == null || !Files.exists(file) ? this : with(ModelFile.read(file));
  }

  /**
   * The same without what was learned, which training starts from.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static MatchingConfig untrained(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return ConfigFile.read(file, root -> new MatchingConfig(root, folder));
  }

  /** Where training writes what it learned: the file that the configuration names. */
  public String modelFile() {
    return learned == null ? "matching-model.yaml" : learned;
  }

  /** What the models say, in a few lines for people. */
  public List<String> summary() {
    return ModelSummary.lines(models);
  }

  /** What was learned, as the text of that file. */
  public String modelText() {
    return ModelFile.write(models);
  }

  MatchingConfig with(Models other) {
    return new MatchingConfig(this, other);
  }

  List<LevelRule> rules() {
    return rules;
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

  Limits limits() {
    return limits;
  }

  Nicknames nicknames() {
    return nicknames;
  }

  Models models() {
    return models;
  }

  /** The evidence that a MATCH needs, in bits. */
  double matchBits() {
    return matchBits;
  }

  /** The evidence that a POSSIBLE_MATCH needs, in bits. */
  double possibleBits() {
    return possibleBits;
  }

  private static Nicknames nicknames(ConfigSection root, Path folder) {
    String name = beside(root, "nicknames", "nicknames.csv");
    if (name != null && Files.exists(folder.resolve(name))) {
      return Nicknames.read(folder.resolve(name));
    }
    if (name != null) {
      root.mistake("nicknames", name, "a file beside this one");
    }
    return Nicknames.NOBODY;
  }

  /** The name of a file in the folder: rules that come from elsewhere read no other file. */
  private static String beside(ConfigSection root, String key, String otherwise) {
    String name = root.text(key, otherwise);
    if (name == null || name.matches("\\w[\\w .-]*")) {
      return name;
    }
    root.mistake(key, name, "the name of a file beside this one");
    return null;
  }

  private static double bits(double probability) {
    return Levels.log2(probability / (1 - probability));
  }

  private static Limits limits(ConfigSection section) {
    return new Limits(
        section.count("recordsWithOneKey", 200, 2, 10_000),
        section.count("recordsOfOneCustomer", 200, 2, 10_000),
        section.count("recordsOfOneSpoke", 100, 1, 10_000),
        section.count("emails", 20, 1, 1000));
  }

  private static LevelRule rule(ConfigSection section) {
    String outcome = section.oneOf("outcome", OUTCOMES, null);
    if (outcome == null) {
      section.mistake("outcome", "missing or wrong", "one of " + String.join(", ", OUTCOMES));
    }
    return new LevelRule(
        section.text("name"),
        conditions(section.section("when")),
        outcome == null ? Outcome.POSSIBLE_MATCH : Outcome.valueOf(outcome));
  }

  private static List<LevelRule.Condition> conditions(ConfigSection when) {
    List<LevelRule.Condition> conditions = new ArrayList<>();
    List<String> known = Comparisons.ALL.stream().map(Comparison::key).toList();
    for (String key : when.keys()) {
      Comparison comparison = Comparisons.of(key);
      if (comparison == null) {
        when.mistake(key, "unknown", "one of " + String.join(", ", known));
      } else {
        conditions.add(condition(when, comparison));
      }
    }
    if (when.keys().isEmpty()) {
      when.mistake("when", "nothing", "comparisons and their levels");
    }
    return conditions;
  }

  private static LevelRule.Condition condition(ConfigSection when, Comparison comparison) {
    List<String> allowed = new ArrayList<>(comparison.levels());
    allowed.add(NOTHING);
    int levels = 0;
    for (String level : when.allOf(comparison.key(), allowed)) {
      levels |= 1 << comparison.levels().indexOf(level) + 1;
    }
    return new LevelRule.Condition(Comparisons.at(comparison), levels);
  }

  private void refuseTwins(ConfigSection root) {
    Set<String> names = new HashSet<>();
    for (LevelRule rule : rules) {
      if (!names.add(rule.name())) {
        root.mistake("rules", rule.name() + " twice", "each name once");
      }
    }
  }
}
