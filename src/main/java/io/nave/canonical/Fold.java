package io.nave.canonical;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text folded for comparison: any script in Latin letters, no diacritics, lower case, no
 * punctuation, words parted by one blank. {@code "Siân O’Brien-Jones"} and {@code "SIAN OBRIEN
 * JONES"} are one. Pure and thread-safe; folding twice is folding once.
 *
 * <p>Limits: Han characters are read as Mandarin, also in Japanese names; Arabic and Hebrew give
 * their consonants; a letter without any reading stays as a word of its own. Folded text is for
 * finding and comparing, never for showing.
 */
public final class Fold {
  private static final Map<Character, String> LATIN_LETTERS =
      Map.ofEntries(
          Map.entry('ß', "ss"),
          Map.entry('ẞ', "ss"),
          Map.entry('æ', "ae"),
          Map.entry('Æ', "ae"),
          Map.entry('œ', "oe"),
          Map.entry('Œ', "oe"),
          Map.entry('ø', "o"),
          Map.entry('Ø', "o"),
          Map.entry('ł', "l"),
          Map.entry('Ł', "l"),
          Map.entry('đ', "d"),
          Map.entry('Đ', "d"),
          Map.entry('ð', "d"),
          Map.entry('Ð', "d"),
          Map.entry('þ', "th"),
          Map.entry('Þ', "th"),
          Map.entry('ı', "i"),
          Map.entry('ħ', "h"),
          Map.entry('Ħ', "h"));

  /** The apostrophes and marks that stand inside a word. */
  private static final String INSIDE_WORDS = "'’‘`´ʼʻʹʺʾʿˈ";

  /** Half of a character; two that a removed mark had kept apart would become one. */
  private static final Pattern HALVES = Pattern.compile("\\p{Cs}");

  /** What one script's rules leave may be another's letters. */
  private static final int MOST_ROUNDS = 3;

  private Fold() {}

  /** The folded text; empty for null and for text without letters or digits. */
  public static String text(String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    String folded = ascii(raw);
    return folded != null ? folded : settled(HALVES.matcher(raw).replaceAll(" "));
  }

  /** The words of the folded text. */
  public static List<String> tokens(String raw) {
    String folded = text(raw);
    return folded.isEmpty() ? List.of() : Arrays.asList(folded.split(" "));
  }

  /** The folded text of pure ASCII; null where there is more than ASCII. */
  private static String ascii(String raw) {
    StringBuilder folded = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      append(folded, c);
    }
    return trimmed(folded);
  }

  /**
   * Folded until that changes nothing: how a mark is read that several scripts share, such as the
   * tatweel, depends on the letters before it, and folding may have brought others there.
   */
  private static String settled(String raw) {
    String folded = anyScript(raw);
    for (int round = 0; round < MOST_ROUNDS && ascii(folded) == null; round++) {
      String again = anyScript(folded);
      if (again.equals(folded)) {
        break;
      }
      folded = again;
    }
    return folded;
  }

  private static String anyScript(String raw) {
    String latin = latin(raw.toLowerCase(Locale.ROOT));
    for (int round = 0; round < MOST_ROUNDS && !isLatin(latin); round++) {
      String composed = Normalizer.normalize(latin, Normalizer.Form.NFKC);
      latin = latin(Scripts.TO_LATIN.transliterate(composed).toLowerCase(Locale.ROOT));
    }
    StringBuilder folded = new StringBuilder(latin.length());
    latin.codePoints().forEach(c -> append(folded, c));
    return trimmed(folded);
  }

  /** Latin letters without their marks; every other letter as it is. */
  private static String latin(String raw) {
    String apart = Normalizer.normalize(raw, Normalizer.Form.NFKD);
    StringBuilder letters = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      String plain = c < 0x80 ? null : LATIN_LETTERS.get(c);
      if (plain != null) {
        letters.append(plain);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK || c > 0x36F) {
        letters.append(c);
      }
    }
    return letters.toString();
  }

  private static boolean isLatin(String text) {
    return text.codePoints().allMatch(c -> c < 0x80 || !Character.isLetterOrDigit(c) && !isMark(c));
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static void append(StringBuilder folded, int c) {
    if (c >= 'A' && c <= 'Z') {
      folded.append((char) (c + 32));
    } else if (isAsciiWord(c)) {
      folded.append((char) c);
    } else if (c >= 0x80 && Character.isLetterOrDigit(c) && !isInside(c)) {
      folded.append(endsBlank(folded) ? "" : " ").appendCodePoint(c).append(' ');
    } else if (!isInside(c) && !isMark(c) && !endsBlank(folded)) {
      folded.append(' ');
    }
  }

  private static boolean isAsciiWord(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  private static boolean isInside(int c) {
    return INSIDE_WORDS.indexOf(c) >= 0 || Character.getType(c) == Character.FORMAT;
  }

  private static boolean endsBlank(StringBuilder folded) {
    return folded.length() == 0 || folded.charAt(folded.length() - 1) == ' ';
  }

  private static String trimmed(StringBuilder folded) {
    if (folded.length() > 0 && endsBlank(folded)) {
      folded.setLength(folded.length() - 1);
    }
    return folded.toString();
  }

  /** Built at the first text that is not Latin: its rules take a moment to load. */
  private static final class Scripts {
    static final Transliterator TO_LATIN =
        Transliterator.getInstance("Any-Latin; Latin-ASCII; NFD; [:Mn:] Remove; NFC");
  }
}
