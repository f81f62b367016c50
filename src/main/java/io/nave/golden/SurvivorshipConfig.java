package io.nave.golden;

import io.nave.canonical.Attribute;
import io.nave.canonical.AttributeValues;
import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code config/survivorship.yaml} says: a strategy for each attribute and group. */
public final class SurvivorshipConfig {
  private static final int MOST_KEPT = 100;
  private static final String WINDOW = "a length of time such as P365D or PT12H";
  private static final Set<String> KEYS =
      Arrays.stream(Attribute.values()).map(Attribute::key).collect(Collectors.toSet());

  private final Strategy otherwise;
  private final Map<String, Strategy> strategies = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();

  private SurvivorshipConfig(ConfigSection root) {
    List<String> trust = distinct(root, "trust");
    var newest = new Strategy(List.of(Criterion.recent), trust, MOST_KEPT, null);
    otherwise = strategy(root.section("default"), Criterion.names(), true, newest);
    ConfigSection attributes = root.section("attributes");
    attributes.keys().forEach(key -> attribute(attributes, key));
    ConfigSection named = root.section("groups");
    named.keys().forEach(name -> group(name, named.section(name)));
  }

  private void attribute(ConfigSection attributes, String key) {
    List<String> criteria = Criterion.names();
    if (isKnown(key)) {
      criteria = Criterion.namesFor(key);
    } else {
      attributes.mistake(key, "unknown attribute", knownKeys());
    }
    boolean list = Criterion.LISTS.contains(key);
    strategies.put(key, strategy(attributes.section(key), criteria, list, otherwise));
  }

  private void group(String name, ConfigSection section) {
    var base =
        new Strategy(
            otherwise.by().stream()
                .filter(c -> Criterion.namesOfGroups().contains(c.name()))
                .toList(),
            otherwise.spokes(),
            1,
            otherwise.window());
    List<String> of = section.texts("of");
    var group = new Group(name, of, strategy(section, Criterion.namesOfGroups(), false, base));
    if (new HashSet<>(of).size() < 2) {
      section.mistake("of", of.size() + " attributes", "at least two different ones");
    }
    of.stream().filter(key -> mayBePart(section, key)).forEach(key -> groups.put(key, group));
  }

  private boolean mayBePart(ConfigSection section, String key) {
    if (!isKnown(key)) {
      section.mistake("of", key + " is unknown", knownKeys());
    } else if (Criterion.LISTS.contains(key)) {
      section.mistake("of", key + " is a list", "single values: a list's elements survive whole");
    } else if (groups.containsKey(key)) {
      section.mistake("of", key + " is in " + groups.get(key).name(), "each in one group");
    } else if (strategies.containsKey(key)) {
      section.mistake("of", key + " has a strategy of its own", "a strategy or a group");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isKnown(String key) {
    return KEYS.contains(key)
        || key.startsWith(AttributeValues.FREE_FORM)
            && key.length() > AttributeValues.FREE_FORM.length();
  }

  private static String knownKeys() {
    return String.join(", ", KEYS.stream().sorted().toList()) + ", attributes.<key>";
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

  /** The group that the attribute is a part of, or null. */
  Group group(String attribute) {
    return groups.get(attribute);
  }

  private static Strategy strategy(
      ConfigSection section, List<String> criteria, boolean list, Strategy otherwise) {
    List<String> by = section.oneOrMore("by", criteria);
    if (new HashSet<>(by).size() < by.size()) {
      section.mistake("by", "a rule twice", "each rule once");
    }
    List<String> spokes = distinct(section, "spokes");
    int keep = list ? section.count("keep", otherwise.keep(), 1, MOST_KEPT) : 1;
    return new Strategy(
        by.isEmpty() ? otherwise.by() : by.stream().map(Criterion::valueOf).toList(),
        spokes.isEmpty() ? otherwise.spokes() : spokes,
        keep,
        section.has("while") ? window(section) : otherwise.window());
  }

  private static Duration window(ConfigSection section) {
    String text = section.text("while", null);
    if (text == null) {
      return null;
    }
    try {
      Duration window = Duration.parse(text);
      if (!window.isNegative() && !window.isZero()) {
        return window;
      }
    } catch (DateTimeParseException notOne) {
      // told below
    }
    section.mistake("while", text, WINDOW);
    return null;
  }

  private static List<String> distinct(ConfigSection section, String key) {
    List<String> texts = section.texts(key);
    if (new HashSet<>(texts).size() < texts.size()) {
      section.mistake(key, "a spoke twice", "each spoke once");
    }
    return texts;
  }
}
