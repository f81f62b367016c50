package io.nave.canonical;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names written all in capitals or all in small letters, in the case people write names in. A name
 * with both kinds of letters is left as its source spelt it.
 */
final class Casing {
  private static final Set<String> SMALL_WORDS =
      Set.of(
          "ap", "ab", "ferch", "van", "von", "der", "den", "de", "del", "della", "di", "da", "do",
          "dos", "das", "du", "la", "le", "ter", "ten", "zu", "zum", "zur", "y", "e", "bin", "ibn",
          "bint", "af", "av", "op", "'t");
  private static final String APOSTROPHES = "'’ʼ";

  private Casing() {}

  /** The name in the usual case, if the whole of it is in one case; else the name itself. */
  static Name usual(Name name, Locale locale) {
    String parts =
        Stream.of(name.given(), name.middle(), name.family())
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    boolean derived = !parts.isEmpty() && Names.whole(name).equalsIgnoreCase(name.full());
    String own = derived || name.full() == null ? "" : name.full();
    if (!isOneCase(parts, own)) {
      return name;
    }
    Name cased = cased(name, locale);
    return derived ? Names.with(cased, Names.whole(cased)) : cased;
  }

  private static Name cased(Name name, Locale locale) {
    return new Name(
        words(name.prefix(), false, locale),
        words(name.given(), false, locale),
        words(name.middle(), true, locale),
        words(name.family(), true, locale),
        name.suffix(),
        full(name.full(), locale));
  }

  /** One capital alone is none; a name that was split is not two. */
  private static boolean isOneCase(String parts, String full) {
    long upper = capitals(parts) + capitals(full);
    boolean lower = (parts + full).codePoints().anyMatch(Character::isLowerCase);
    return upper == 0 ? lower : !lower && Math.max(capitals(parts), capitals(full)) > 1;
  }

  private static long capitals(String text) {
    return text.codePoints().filter(Character::isUpperCase).count();
  }

  private static String full(String full, Locale locale) {
    if (full == null) {
      return null;
    }
    int blank = full.indexOf(' ');
    return blank < 0
        ? words(full, false, locale)
        : words(full.substring(0, blank), false, locale)
            + words(full.substring(blank), true, locale);
  }

  private static String words(String part, boolean smallWords, Locale locale) {
    if (part == null) {
      return null;
    }
    String lower = lower(part, locale);
    StringBuilder cased = new StringBuilder(part.length());
    int start = 0;
    while (start < lower.length()) {
      int end = endOfWord(lower, start);
      String word = lower.substring(start, end);
      cased.append(smallWords && SMALL_WORDS.contains(word) ? word : word(word, locale));
      if (end < lower.length()) {
        cased.append(lower.charAt(end));
      }
      start = end + 1;
    }
    return Normalizer.normalize(cased, Normalizer.Form.NFC);
  }

  /** In lower case; the dotted capital I of Turkish names gives a plain i, not an i with a mark. */
  private static String lower(String part, Locale locale) {
    String lower = part.replace('İ', 'i').toLowerCase(locale);
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && " -.,/".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String word(String word, Locale locale) {
    if (word.startsWith("mc") && word.length() > 3) {
      return "Mc" + capital(word.substring(2), locale);
    }
    int apostrophe = apostrophe(word);
    if (apostrophe <= 0 || apostrophe + 2 >= word.length()) {
      return capital(word, locale);
    }
    return capital(word.substring(0, apostrophe + 1), locale)
        + capital(word.substring(apostrophe + 1), locale);
  }

  private static int apostrophe(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (APOSTROPHES.indexOf(word.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The first letter as a capital, also behind a bracket or a quotation mark. */
  private static String capital(String word, Locale locale) {
    int i = 0;
    while (i < word.length() && !Character.isLetter(word.codePointAt(i))) {
      i += Character.charCount(word.codePointAt(i));
    }
    if (i >= word.length()) {
      return word;
    }
    int first = word.codePointAt(i);
    return word.substring(0, i)
        + title(first, locale)
        + word.substring(i + Character.charCount(first));
  }

  private static String title(int letter, Locale locale) {
    boolean dotted = letter == 'i' && !"I".equals("i".toUpperCase(locale));
    return dotted ? "İ" : Character.toString(Character.toTitleCase(letter));
  }
}
