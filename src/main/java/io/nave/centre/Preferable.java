package io.nave.centre;

import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A wish that the page asks for: {@code config/preferences.yaml}. Spokes may state others, and
 * other values; these are kept and shown as they are.
 *
 * @param choices what can be chosen; empty for hours and language
 */
record Preferable(
    String name,
    Kind kind,
    Map<String, String> title,
    Map<String, String> hint,
    List<Choice> choices) {

  /** How it is asked for. */
  enum Kind {
    /** One of the choices. */
    choice,
    /** Any of them. */
    choices,
    /** From one time of the day to another. */
    hours,
    /** One of the pages' languages. */
    language
  }

  /** One value, and its title by language. */
  record Choice(String name, Map<String, String> title) {}

  private static final List<String> KINDS =
      java.util.Arrays.stream(Kind.values()).map(Enum::name).toList();

  /**
   * Reads the file.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  static List<Preferable> read(Path file) {
    return ConfigFile.read(file, Preferable::all);
  }

  static List<Preferable> parse(String text) {
    return ConfigFile.parse("preferences.yaml", text, Preferable::all);
  }

  private static List<Preferable> all(ConfigSection root) {
    var all = new ArrayList<Preferable>();
    var names = new HashSet<String>();
    for (var section : root.sections("preferences")) {
      var one = read(section);
      if (!names.add(one.name())) {
        section.mistake("name", one.name() + " twice", "each preference once");
      }
      all.add(one);
    }
    return List.copyOf(all);
  }

  private static Preferable read(ConfigSection section) {
    var kind = Kind.valueOf(section.oneOf("kind", KINDS, Kind.choice.name()));
    var choices =
        section.sections("choices").stream()
            .map(one -> new Choice(one.text("name"), Titles.read(one, "title")))
            .toList();
    boolean needsChoices = kind == Kind.choice || kind == Kind.choices;
    if (needsChoices == choices.isEmpty()) {
      section.mistake(
          "choices", choices.size() + "", needsChoices ? "at least one" : "none for " + kind);
    }
    return new Preferable(
        section.text("name"),
        kind,
        Titles.read(section, "title"),
        Titles.read(section, "hint"),
        choices);
  }

  /** The field of the form. */
  String field() {
    return "preference:" + name;
  }
}
