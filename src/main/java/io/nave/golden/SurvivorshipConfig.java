package io.nave.golden;

import io.nave.canonical.Attribute;
import io.nave.golden.Strategy.By;
import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code config/survivorship.yaml} says: a strategy for each attribute. */
public final class SurvivorshipConfig {
  private static final int MOST_KEPT = 100;
  private static final Set<String> LISTS =
      Set.of("emails", "phones", "addresses", "identifiers", "memberships", "domains");
  private static final Set<String> KEYS =
      Arrays.stream(Attribute.values()).map(Attribute::key).collect(Collectors.toSet());

  private final Strategy otherwise;
  private final Map<String, Strategy> strategies = new HashMap<>();

  private SurvivorshipConfig(ConfigSection root) {
    List<String> trust = distinct(root, "trust");
    otherwise = strategy(root.section("default"), true, new Strategy(By.recent, trust, MOST_KEPT));
    ConfigSection attributes = root.section("attributes");
    for (String key : attributes.keys()) {
      if (!KEYS.contains(key) && !key.startsWith("attributes.")) {
        String known = String.join(", ", KEYS.stream().sorted().toList());
        attributes.mistake(key, "unknown attribute", known + ", attributes.<key>");
      }
      strategies.put(key, strategy(attributes.section(key), LISTS.contains(key), otherwise));
    }
  }

  /**
   * Reads the file.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static SurvivorshipConfig read(Path file) {
    return ConfigFile.read(file, SurvivorshipConfig::new);
  }

  /** Reads the text of a file called {@code name}. */
  public static SurvivorshipConfig parse(String name, String text) {
    return ConfigFile.parse(name, text, SurvivorshipConfig::new);
  }

  Strategy strategy(String attribute) {
    return strategies.getOrDefault(attribute, otherwise);
  }

  private static Strategy strategy(ConfigSection section, boolean list, Strategy otherwise) {
    String by = section.oneOf("by", List.of("recent", "priority"), otherwise.by().name());
    List<String> spokes = distinct(section, "spokes");
    int keep = list ? section.count("keep", otherwise.keep(), 1, MOST_KEPT) : 1;
    return new Strategy(By.valueOf(by), spokes.isEmpty() ? otherwise.spokes() : spokes, keep);
  }

  private static List<String> distinct(ConfigSection section, String key) {
    List<String> texts = section.texts(key);
    if (new HashSet<>(texts).size() < texts.size()) {
      section.mistake(key, "a spoke twice", "each spoke once");
    }
    return texts;
  }
}
