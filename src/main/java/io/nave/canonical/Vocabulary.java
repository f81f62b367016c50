package io.nave.canonical;

import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The closed lists: countries, languages and genders, with the ways in which people write them. */
final class Vocabulary {
  private static final List<String> SPOKEN =
      List.of("en", "cy", "de", "fr", "es", "it", "nl", "pl", "pt", "sv");
  private static final Map<String, String> COUNTRIES = countries();
  private static final Map<String, String> LANGUAGES = languages();
  private static final Map<String, String> GENDERS = genders();

  private Vocabulary() {}

  /** ISO 3166-1 alpha-2; what is no country is kept as it is. */
  static String country(String raw) {
    String text = Tidy.text(raw);
    if (text == null || isCountry(text)) {
      return text;
    }
    return COUNTRIES.getOrDefault(Fold.text(text), text);
  }

  static boolean isCountry(String text) {
    return text != null && text.length() == 2 && text.equals(COUNTRIES.get(lower(text)));
  }

  /** BCP 47; what is no language is kept as it is. */
  static String language(String raw) {
    String text = Tidy.text(raw);
    if (text == null || text.length() == 2 && text.equals(LANGUAGES.get(text))) {
      return text;
    }
    String named = LANGUAGES.get(Fold.text(text));
    return named != null ? named : tag(text);
  }

  private static String tag(String text) {
    try {
      String dashed = text.replace('_', '-').replace(' ', '-');
      String tag = new Locale.Builder().setLanguageTag(dashed).build().toLanguageTag();
      String language = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
      String canonical = LANGUAGES.get(language);
      return canonical == null ? text : canonical + tag.substring(language.length());
    } catch (IllformedLocaleException noTag) {
      return text;
    }
  }

  /** male, female or other; null where nothing is known or nothing is understood. */
  static String gender(String raw) {
    if (raw == null || raw.equals("female") || raw.equals("male")) {
      return raw;
    }
    return GENDERS.get(Fold.text(raw));
  }

  private static Map<String, String> countries() {
    Map<String, String> known = new HashMap<>();
    for (String alpha2 : Locale.getISOCountries()) {
      ULocale country = new ULocale("", alpha2);
      SPOKEN.forEach(
          in -> known.putIfAbsent(Fold.text(country.getDisplayCountry(new ULocale(in))), alpha2));
    }
    for (String alpha2 : Locale.getISOCountries()) {
      known.put(lower(alpha2), alpha2);
      known.put(lower(new Locale.Builder().setRegion(alpha2).build().getISO3Country()), alpha2);
    }
    all(known, "GB", "uk", "u k", "great britain", "england", "scotland", "wales", "cymru");
    all(known, "GB", "northern ireland", "y deyrnas unedig", "britain", "gb eng", "gb wls");
    all(known, "US", "u s a", "u s", "united states of america", "america");
    all(known, "NL", "holland", "the netherlands");
    all(known, "CZ", "czech republic");
    all(known, "GR", "el");
    all(known, "IE", "eire", "republic of ireland");
    all(known, "RU", "russian federation");
    all(known, "KR", "korea", "republic of korea");
    return Map.copyOf(known);
  }

  private static Map<String, String> languages() {
    Map<String, String> known = new HashMap<>();
    for (String code : Locale.getISOLanguages()) {
      ULocale language = new ULocale(code);
      Stream.concat(SPOKEN.stream(), Stream.of(code))
          .map(in -> Fold.text(language.getDisplayLanguage(new ULocale(in))))
          .filter(name -> name.length() > 3)
          .forEach(name -> known.putIfAbsent(name, tagOf(code)));
    }
    for (String code : Locale.getISOLanguages()) {
      known.put(code, tagOf(code));
      known.put(new ULocale(code).getISO3Language(), tagOf(code));
    }
    known.put("ger", "de");
    known.put("fre", "fr");
    known.put("dut", "nl");
    known.put("wel", "cy");
    known.put("chi", "zh");
    known.remove("");
    return Map.copyOf(known);
  }

  private static String tagOf(String code) {
    return new Locale.Builder().setLanguage(code).build().toLanguageTag();
  }

  private static Map<String, String> genders() {
    Map<String, String> known = new HashMap<>();
    all(known, "male", "m", "male", "man", "boy", "mr", "herr", "mann", "mannlich", "masculine");
    all(known, "male", "homme", "hombre", "masculino", "gwryw", "monsieur", "meneer", "1");
    all(known, "female", "f", "female", "w", "woman", "girl", "mrs", "ms", "miss", "frau");
    all(known, "female", "weiblich", "feminine", "femme", "mujer", "femenino", "feminino");
    all(known, "female", "benyw", "madame", "mevrouw", "2");
    all(known, "other", "other", "x", "d", "nb", "enby", "mx", "non binary", "nonbinary");
    all(known, "other", "divers", "diverse", "third gender", "genderqueer", "genderfluid");
    all(known, "other", "gender fluid", "agender", "intersex", "self described", "indeterminate");
    return Map.copyOf(known);
  }

  private static void all(Map<String, String> known, String meaning, String... written) {
    for (String one : written) {
      known.put(one, meaning);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
