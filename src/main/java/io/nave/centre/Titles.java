package io.nave.centre;

import io.nave.platform.ConfigSection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts by language, as configuration has them. */
final class Titles {
  static final String FALLBACK = "en";

  private Titles() {}

  static Map<String, String> read(ConfigSection section, String key) {
    var texts = new LinkedHashMap<String, String>();
    var languages = section.section(key);
    languages.keys().forEach(language -> texts.put(language, languages.text(language)));
    return Map.copyOf(texts);
  }

  /** The text in that language, else in English, else in any; null where there is none. */
  static String in(String language, Map<String, String> texts) {
    var own = texts.getOrDefault(language, texts.get(FALLBACK));
    return own != null ? own : texts.values().stream().findFirst().orElse(null);
  }
}
