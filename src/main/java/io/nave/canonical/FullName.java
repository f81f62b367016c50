package io.nave.canonical;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a whole name where that is safe: "Family, Given", two or more words of a Western name, or
 * an East Asian name whose language or country says how. Anything else stays whole.
 */
final class FullName {
  private static final Set<String> PREFIXES =
      Set.of(
          "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev",
          "herr", "frau", "mme", "mlle", "sr", "sra", "dhr", "mevr");
  private static final Set<String> SUFFIXES =
      Set.of(
          "jr", "jnr", "snr", "ii", "iii", "iv", "phd", "md", "obe", "mbe", "cbe", "esq", "qc",
          "kc");
  private static final Set<String> PARTICLES =
      Set.of(
          "ap", "ab", "ferch", "van", "von", "der", "den", "de", "del", "della", "di", "da", "do",
          "dos", "das", "du", "la", "le", "ter", "ten", "zu", "bin", "ibn", "bint", "al", "el",
          "af", "av", "mac", "st", "st.");
  private static final Set<String> LONG_FAMILIES =
      Set.of(
          "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "司徒",
          "夏侯", "东方", "東方", "남궁", "황보", "제갈", "선우", "독고", "사공");
  private static final Set<String> FAMILY_FIRST_LANGUAGES = Set.of("hu", "vi");
  private static final Set<String> CHINESE_COUNTRIES = Set.of("CN", "TW", "HK", "MO");

  private FullName() {}

  static Name split(Name whole, String language, String country) {
    String full = whole.full();
    if (isEastAsian(full)) {
      return eastAsian(whole, language, country);
    }
    int comma = full.indexOf(',');
    if (comma >= 0) {
      return byComma(whole, full.substring(0, comma).trim(), full.substring(comma + 1).trim());
    }
    return byWords(whole, language == null ? "" : subtag(language));
  }

  private static String subtag(String language) {
    int hyphen = language.indexOf('-');
    return hyphen < 0 ? language : language.substring(0, hyphen);
  }

  /** Whether all letters are Han, Hangul or Kana. */
  static boolean isEastAsian(String text) {
    return text.codePoints().allMatch(c -> c == ' ' || c == '・' || c == 'ー' || isEastAsian(c));
  }

  private static boolean isEastAsian(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
      default -> false;
    };
  }

  private static Name eastAsian(Name whole, String language, String country) {
    String full = whole.full();
    int blank = full.indexOf(' ');
    if (blank > 0 && blank == full.lastIndexOf(' ')) {
      return with(whole, full.substring(blank + 1), null, full.substring(0, blank));
    }
    boolean ordered = blank < 0 && (isHangul(full) || isChinese(language, country));
    int family = full.length() > 2 && LONG_FAMILIES.contains(full.substring(0, 2)) ? 2 : 1;
    return ordered && full.length() - family >= 1 && full.length() - family <= 2
        ? with(whole, full.substring(family), null, full.substring(0, family))
        : whole;
  }

  private static boolean isHangul(String text) {
    return text.codePoints()
        .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL);
  }

  private static boolean isChinese(String language, String country) {
    return language != null
        ? subtag(language).equals("zh")
        : country != null && CHINESE_COUNTRIES.contains(country);
  }

  private static Name byComma(Name whole, String family, String rest) {
    boolean plain = !family.isEmpty() && !rest.isEmpty() && rest.indexOf(',') < 0;
    if (!plain || SUFFIXES.contains(word(rest))) {
      return whole;
    }
    int blank = rest.indexOf(' ');
    return blank < 0
        ? with(whole, rest, null, family)
        : with(whole, rest.substring(0, blank), rest.substring(blank + 1), family);
  }

  private static Name byWords(Name whole, String language) {
    Deque<String> words = new ArrayDeque<>(List.of(whole.full().split(" ")));
    String prefix = PREFIXES.contains(word(words.peekFirst())) ? words.pollFirst() : null;
    String suffix =
        words.size() > 2 && SUFFIXES.contains(word(words.peekLast())) ? words.pollLast() : null;
    if (words.size() < 2 || words.size() > 6) {
      return whole;
    }
    Name titled =
        new Name(
            Tidy.first(whole.prefix(), prefix),
            null,
            null,
            null,
            Tidy.first(whole.suffix(), suffix),
            whole.full());
    return inOrder(titled, words, language);
  }

  private static Name inOrder(Name whole, Deque<String> words, String language) {
    if (FAMILY_FIRST_LANGUAGES.contains(language)) {
      String family = words.pollFirst();
      String given = words.pollLast();
      return with(whole, given, joined(words), family);
    }
    if (Set.of("zh", "ja", "ko").contains(language)) {
      return whole;
    }
    String given = words.pollFirst();
    String family = words.pollLast();
    if (language.equals("es") && words.size() == 1) {
      family = words.pollLast() + " " + family;
    }
    while (!words.isEmpty() && PARTICLES.contains(words.peekLast().toLowerCase(Locale.ROOT))) {
      family = words.pollLast() + " " + family;
    }
    return with(whole, given, joined(words), family);
  }

  private static String joined(Deque<String> words) {
    return words.isEmpty() ? null : String.join(" ", words);
  }

  private static String word(String word) {
    return word.replace(".", "").toLowerCase(Locale.ROOT);
  }

  private static Name with(Name whole, String given, String middle, String family) {
    return new Name(whole.prefix(), given, middle, family, whole.suffix(), whole.full());
  }
}
