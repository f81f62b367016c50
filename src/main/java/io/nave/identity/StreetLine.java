package io.nave.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line of a postal address, folded, with the usual abbreviations made one. It may hold a district
 * before or a city behind: lines are compared by the words they share.
 *
 * @param numbers the words with a digit in them, in alphabetical order
 * @param words the other words that say something: no directions, no kinds of street
 * @param street the other words, without directions, as one run of letters
 * @param keys each of the first numbers with the word beside it: what lines of one place share
 */
record StreetLine(List<String> numbers, List<String> words, String street, List<String> keys) {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("street", "st"),
          Map.entry("road", "rd"),
          Map.entry("avenue", "ave"),
          Map.entry("av", "ave"),
          Map.entry("lane", "ln"),
          Map.entry("drive", "dr"),
          Map.entry("boulevard", "blvd"),
          Map.entry("square", "sq"),
          Map.entry("court", "ct"),
          Map.entry("place", "pl"),
          Map.entry("crescent", "cres"),
          Map.entry("circuit", "cct"),
          Map.entry("terrace", "tce"),
          Map.entry("close", "cl"),
          Map.entry("parade", "pde"),
          Map.entry("highway", "hwy"),
          Map.entry("parkway", "pkwy"),
          Map.entry("plaza", "plz"),
          Map.entry("strasse", "str"),
          Map.entry("ulica", "ul"),
          Map.entry("calle", "c"),
          Map.entry("apartment", "apt"),
          Map.entry("flat", "apt"),
          Map.entry("room", "rm"),
          Map.entry("floor", "fl"),
          Map.entry("suite", "ste"),
          Map.entry("north", "n"),
          Map.entry("south", "s"),
          Map.entry("east", "e"),
          Map.entry("west", "w"),
          Map.entry("saint", "st"),
          Map.entry("mount", "mt"));

  /** Kinds of streets: sources leave them out or take one for another. */
  private static final Set<String> KINDS =
      Set.of(
          "st", "rd", "ave", "ln", "dr", "blvd", "sq", "ct", "pl", "cres", "cct", "tce", "cl",
          "pde", "hwy", "pkwy", "plz", "str", "ul", "c", "rm", "fl", "ste", "way");

  private static final Set<String> LEFT_OUT =
      Set.of("n", "s", "e", "w", "no", "nr", "apt", "unit", "ne", "nw", "se", "sw");

  /**
   * The levels of comparing two lines: {@code close} shares a number and most words, {@code near}
   * is the same street with a number one digit off, {@code street} the street alone.
   */
  static final List<String> LEVELS = List.of("same", "close", "near", "street", "different");

  private static final int SAME = 0;
  private static final int CLOSE = 1;
  private static final int NEAR = 2;
  private static final int STREET = 3;
  private static final int DIFFERENT = 4;
  private static final int MOST_KEYS = 3;
  private static final int KEY = 5;

  /** The line, or null where it says little: nobody lives at "12". */
  static StreetLine of(String line) {
    Reading reading = new Reading();
    Words.each(Folding.words(line), reading::word);
    return reading.saysLittle() ? null : reading.line();
  }

  /** Reads word by word. */
  private static final class Reading {
    private final Set<String> numbers = new TreeSet<>();
    private final List<String> words = new ArrayList<>(6);
    private final StringBuilder street = new StringBuilder(24);
    private final Set<String> keys = new LinkedHashSet<>();
    private String number;
    private String before;

    void word(String word) {
      String shorter = SHORT.getOrDefault(word, word);
      if (isOrdinal(word)) {
        named(word.substring(0, word.length() - 2));
      } else if (hasDigit(word)) {
        number(word);
      } else if (!LEFT_OUT.contains(shorter)) {
        named(
            shorter.endsWith("strasse")
                ? shorter.substring(0, shorter.length() - 7) + "str"
                : shorter);
      }
    }

    private void named(String word) {
      street.append(word);
      if (!KINDS.contains(word) && !words.contains(word)) {
        words.add(word);
      }
      if (number != null) {
        key(number, word);
        number = null;
      }
      before = word;
    }

    private void number(String word) {
      numbers.add(word);
      number = word;
      if (before != null) {
        key(word, before);
      }
    }

    private void key(String digits, String word) {
      if (keys.size() < MOST_KEYS) {
        keys.add(digits + word.substring(0, Math.min(KEY, word.length())));
      }
    }

    boolean saysLittle() {
      return street.length() < 3 && (street.isEmpty() || numbers.size() < 2);
    }

    StreetLine line() {
      if (keys.isEmpty()) {
        key("", words.isEmpty() ? street.toString() : words.get(0));
      }
      return new StreetLine(
          List.copyOf(numbers), List.copyOf(words), street.toString(), List.copyOf(keys));
    }
  }

  /** 67th Street: a name, not a house number. */
  private static boolean isOrdinal(String word) {
    int end = word.length() - 2;
    boolean ends =
        end > 0
            && (word.endsWith("th")
                || word.endsWith("st")
                || word.endsWith("nd")
                || word.endsWith("rd"));
    for (int i = 0; ends && i < end; i++) {
      ends = word.charAt(i) >= '0' && word.charAt(i) <= '9';
    }
    return ends;
  }

  private static boolean hasDigit(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isDigit(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  static int level(StreetLine a, StreetLine b) {
    boolean sameNumbers = a.numbers.equals(b.numbers);
    boolean sameStreet = a.street.equals(b.street);
    if (sameNumbers && sameStreet) {
      return SAME;
    }
    boolean someNumber = sameNumbers || Words.shared(a.numbers, b.numbers) > 0;
    boolean likeStreet = sameStreet || someNumber && mostWords(a, b) || alike(a.street, b.street);
    if (!likeStreet) {
      return DIFFERENT;
    }
    if (someNumber || a.numbers.isEmpty() || b.numbers.isEmpty()) {
      return CLOSE;
    }
    return typoInNumber(a, b) ? NEAR : STREET;
  }

  /** Whether the line that says less has most of its words in the other. */
  private static boolean mostWords(StreetLine a, StreetLine b) {
    int shorter = Math.min(a.words.size(), b.words.size());
    return shorter == 0
        ? Words.shared(a.numbers, b.numbers) > 1
        : Words.sharedNearly(a.words, b.words) * 5 >= shorter * 3;
  }

  private static boolean alike(String a, String b) {
    return Math.min(a.length(), b.length()) >= 5
        && (a.startsWith(b) || b.startsWith(a) || Spelling.alike(a, b, 0.92));
  }

  private static boolean typoInNumber(StreetLine a, StreetLine b) {
    String one = a.numbers.get(0);
    String other = b.numbers.get(0);
    return Math.max(one.length(), other.length()) >= 3 && Spelling.within(one, other, 1);
  }
}
