package io.nave.centre;

import com.ibm.icu.text.MessageFormat;
import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import io.nave.platform.InvalidConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The languages of the pages: one file of {@code config/languages} each. */
final class Languages {
  private static final String ENDING = ".yaml";
  private final Map<String, Wording> all = new LinkedHashMap<>();

  private record Texts(String name, boolean rightToLeft, Map<String, String> texts) {}

  private Languages(Map<String, Texts> read) {
    var english = read.get(Titles.FALLBACK).texts();
    read.forEach(
        (code, one) ->
            all.put(code, new Wording(code, one.name(), one.rightToLeft(), one.texts(), english)));
  }

  /**
   * Reads all files of the folder; {@code en.yaml} must be there and has every key.
   *
   * @throws InvalidConfig with all mistakes of all files
   */
  static Languages read(Path folder) {
    var english = parse(folder.resolve(Titles.FALLBACK + ENDING), null);
    var read = new LinkedHashMap<String, Texts>();
    read.put(Titles.FALLBACK, english);
    var mistakes = new ArrayList<String>();
    for (var file : files(folder)) {
      var code = file.getFileName().toString().replace(ENDING, "");
      try {
        read.putIfAbsent(code, parse(file, english.texts().keySet()));
      } catch (InvalidConfig wrong) {
        wrong.getMessage().lines().forEach(mistakes::add);
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidConfig(mistakes);
    }
    return new Languages(read);
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Texts parse(Path file, Collection<String> known) {
    return ConfigFile.read(
        file,
        root ->
            new Texts(
                root.text("name"),
                root.oneOf("direction", List.of("ltr", "rtl"), "ltr").equals("rtl"),
                texts(root.section("texts"), known)));
  }

  private static Map<String, String> texts(ConfigSection section, Collection<String> known) {
    var texts = new LinkedHashMap<String, String>();
    for (var key : section.keys()) {
      var text = section.text(key);
      texts.put(key, text);
      if (known != null && !known.contains(key)) {
        section.mistake(key, "unknown text", "a key of en.yaml");
      }
      try {
        new MessageFormat(text);
      } catch (IllegalArgumentException wrong) {
        section.mistake(key, text, "a pattern of ICU MessageFormat");
      }
    }
    return texts;
  }

  Collection<Wording> all() {
    return all.values();
  }

  /**
   * The language of a page.
   *
   * @param asked what the customer chose on the page; or null
   * @param known the language that is known of her; or null
   * @param accepted what her browser says: the header {@code Accept-Language}; or null
   */
  Wording choose(String asked, String known, String accepted) {
    for (var one : new String[] {asked, known}) {
      var found = one == null ? null : lookup(List.of(range(one)));
      if (found != null) {
        return found;
      }
    }
    var found = lookup(accepted(accepted));
    return found == null ? all.get(Titles.FALLBACK) : found;
  }

  private Wording lookup(List<Locale.LanguageRange> ranges) {
    var tag = Locale.lookupTag(ranges, all.keySet());
    return tag == null ? null : all.get(tag.toLowerCase(Locale.ROOT));
  }

  private static Locale.LanguageRange range(String language) {
    try {
      return new Locale.LanguageRange(language.replace('_', '-'));
    } catch (IllegalArgumentException odd) {
      return new Locale.LanguageRange("und");
    }
  }

  private static List<Locale.LanguageRange> accepted(String header) {
    try {
      return header == null || header.length() > 500
          ? List.of()
          : Locale.LanguageRange.parse(header);
    } catch (IllegalArgumentException odd) {
      return List.of();
    }
  }
}
