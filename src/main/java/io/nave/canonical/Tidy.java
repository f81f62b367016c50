package io.nave.canonical;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Text without what nobody sees: control, bidirectional and zero-width characters removed, any
 * white space one blank, Unicode composed (NFC). Blank text is null.
 */
final class Tidy {
  private Tidy() {}

  static String text(String raw) {
    if (raw == null) {
      return null;
    }
    return isPlain(raw) ? raw : blankToNull(collapse(compose(raw)));
  }

  private static boolean isPlain(String raw) {
    int length = raw.length();
    if (length == 0 || raw.charAt(0) == ' ' || raw.charAt(length - 1) == ' ') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || c == ' ' && raw.charAt(i - 1) == ' ') {
        return false;
      }
    }
    return true;
  }

  private static String compose(String raw) {
    StringBuilder seen = new StringBuilder(raw.length());
    raw.codePoints().map(Tidy::visible).filter(c -> c >= 0).forEach(seen::appendCodePoint);
    return Normalizer.normalize(seen, Normalizer.Form.NFC);
  }

  /** The character itself, a blank for any white space, -1 for what is to go. */
  private static int visible(int c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85) {
      return ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> -1;
      case Character.SURROGATE -> 0xFFFD;
      case Character.FORMAT -> isJoiner(c) ? c : -1;
      default -> c;
    };
  }

  /** Joiners change how Persian and Indic names read. */
  private static boolean isJoiner(int c) {
    return c == 0x200C || c == 0x200D;
  }

  private static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = collapsed.length();
      if (c != ' ' || end > 0 && collapsed.charAt(end - 1) != ' ') {
        collapsed.append(c);
      }
    }
    int end = collapsed.length();
    return end > 0 && collapsed.charAt(end - 1) == ' '
        ? collapsed.substring(0, end - 1)
        : collapsed.toString();
  }

  private static String blankToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Each one in its standard form, without nulls and duplicates, in the given order. */
  static <T> List<T> list(Collection<T> raw, UnaryOperator<T> standard) {
    if (raw == null || raw.isEmpty()) {
      return List.of();
    }
    LinkedHashSet<T> distinct = new LinkedHashSet<>();
    for (T one : raw) {
      T made = one == null ? null : standard.apply(one);
      if (made != null) {
        distinct.add(made);
      }
    }
    return List.copyOf(distinct);
  }

  /** The same list with every primary mark but the first taken away. */
  static <T> List<T> onePrimary(
      List<T> list, Function<T, Boolean> primary, UnaryOperator<T> secondary) {
    Predicate<T> isPrimary = one -> Objects.equals(primary.apply(one), true);
    if (list.size() < 2 || list.stream().filter(isPrimary).count() < 2) {
      return list;
    }
    List<T> result = new ArrayList<>(list.size());
    boolean found = false;
    for (T one : list) {
      result.add(found && isPrimary.test(one) ? secondary.apply(one) : one);
      found |= isPrimary.test(one);
    }
    return List.copyOf(result);
  }

  /** True when either is; else false when either is; else unknown. */
  static Boolean either(Boolean one, Boolean other) {
    if (Boolean.TRUE.equals(one) || other == null) {
      return one;
    }
    return Boolean.TRUE.equals(other) || one == null ? other : one;
  }

  static String first(String one, String other) {
    return one != null ? one : other;
  }
}
