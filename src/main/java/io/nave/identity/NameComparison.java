package io.nave.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares persons' names; symmetric. */
final class NameComparison {
  /** How two parts relate, best first. */
  enum Part {
    SAME,
    SIMILAR,
    INITIAL,
    MISSING,
    UNSURE,
    DIFFERENT
  }

  private static final Set<String> GENDERED_ENDS = Set.of("ao", "oa", "ae", "ea");
  private static final Set<String> FEMININE_ENDINGS =
      Set.of("a", "e", "ina", "ine", "la", "le", "tte", "ette");

  private final Nicknames nicknames;

  NameComparison(Nicknames nicknames) {
    this.nicknames = nicknames;
  }

  NameLikeness compare(PersonName a, PersonName b) {
    if (a.empty() || b.empty()) {
      return NameLikeness.UNKNOWN;
    }
    Part given = given(a, b);
    Part family = family(a, b);
    if (worst(given, family).compareTo(Part.SIMILAR) > 0 && swapped(a, b)) {
      return NameLikeness.SIMILAR;
    }
    return likeness(given, family);
  }

  /** How the given names relate. */
  Part given(PersonName a, PersonName b) {
    if (a.given().isEmpty() || b.given().isEmpty()) {
      return Part.MISSING;
    }
    if (a.givenSolid().equals(b.givenSolid())) {
      return a.givenSolid().length() == 1 ? Part.INITIAL : Part.SAME;
    }
    Part first = givenWord(a.given().get(0), b.given().get(0));
    if (first.compareTo(Part.SIMILAR) <= 0) {
      return restAgrees(a.given(), b.given()) ? Part.SIMILAR : Part.UNSURE;
    }
    return first == Part.DIFFERENT && callName(a, b) ? Part.UNSURE : first;
  }

  /** How the family names relate. */
  Part family(PersonName a, PersonName b) {
    if (a.family().isEmpty() || b.family().isEmpty()) {
      return Part.MISSING;
    }
    String whole = a.familySolid();
    String other = b.familySolid();
    if (whole.equals(other)) {
      return whole.length() == 1 ? Part.INITIAL : Part.SAME;
    }
    if (whole.length() == 1 || other.length() == 1) {
      return whole.charAt(0) == other.charAt(0) ? Part.INITIAL : Part.DIFFERENT;
    }
    boolean similar = contained(a.familyCore(), b.familyCore()) || spelt(whole, other);
    return similar ? Part.SIMILAR : Part.DIFFERENT;
  }

  private Part givenWord(String a, String b) {
    if (a.equals(b)) {
      return Part.SAME;
    }
    if (a.length() == 1 || b.length() == 1) {
      return a.charAt(0) == b.charAt(0) ? Part.INITIAL : Part.DIFFERENT;
    }
    if (nicknames.related(a, b)) {
      return Part.SIMILAR;
    }
    if (nicknames.distinct(a, b) || otherGender(a, b)) {
      return Part.DIFFERENT;
    }
    boolean similar = spelt(a, b) || shortened(a, b) || misspeltForm(a, b) || misspeltForm(b, a);
    return similar ? Part.SIMILAR : Part.DIFFERENT;
  }

  private static boolean spelt(String a, String b) {
    return Spelling.typo(a, b) || Spelling.transliterated(a, b);
  }

  /** Haarry for Harold: an unlisted word that is a form of the name but for a typing mistake. */
  private boolean misspeltForm(String word, String name) {
    return word.length() >= 5
        && !nicknames.listed(word)
        && nicknames.forms(name).stream().anyMatch(f -> Spelling.typo(f, word));
  }

  private static boolean shortened(String a, String b) {
    return Math.min(a.length(), b.length()) >= 3 && (a.startsWith(b) || b.startsWith(a));
  }

  /**
   * Mario and Maria, Zbigniew and Zbigniewa: the feminine form is another name. Where only the
   * longer one is a listed name, the shorter is taken for a typing mistake (Olivi).
   */
  private boolean otherGender(String a, String b) {
    if (a.length() == b.length()) {
      int last = a.length() - 1;
      String ends = "" + a.charAt(last) + b.charAt(last);
      return a.regionMatches(0, b, 0, last) && GENDERED_ENDS.contains(ends);
    }
    String shorter = a.length() < b.length() ? a : b;
    String longer = a.length() < b.length() ? b : a;
    return longer.startsWith(shorter)
        && !shorter.endsWith("a")
        && FEMININE_ENDINGS.contains(longer.substring(shorter.length()))
        && !nicknames.listed(longer);
  }

  /** Further given names agree as far as both have them. */
  private boolean restAgrees(List<String> a, List<String> b) {
    for (int i = 1; i < Math.min(a.size(), b.size()); i++) {
      if (givenWord(a.get(i), b.get(i)) == Part.DIFFERENT) {
        return false;
      }
    }
    return true;
  }

  /** One is called by a later name of the other. */
  private static boolean callName(PersonName a, PersonName b) {
    return later(a).stream().anyMatch(b.given()::contains)
        || later(b).stream().anyMatch(a.given()::contains);
  }

  private static List<String> later(PersonName name) {
    List<String> later = new ArrayList<>(name.given().subList(1, name.given().size()));
    later.addAll(name.middle());
    return later.stream().filter(w -> w.length() > 1).toList();
  }

  private static boolean contained(List<String> a, List<String> b) {
    return new HashSet<>(a).containsAll(b) || new HashSet<>(b).containsAll(a);
  }

  private boolean swapped(PersonName a, PersonName b) {
    if (a.given().isEmpty()
        || b.given().isEmpty()
        || a.family().isEmpty()
        || b.family().isEmpty()) {
      return false;
    }
    Part one = givenWord(a.givenSolid(), b.familySolid());
    Part other = givenWord(b.givenSolid(), a.familySolid());
    return worst(one, other).compareTo(Part.SIMILAR) <= 0
        && (one == Part.SAME || other == Part.SAME);
  }

  private static NameLikeness likeness(Part given, Part family) {
    if (given == Part.DIFFERENT) {
      return NameLikeness.DIFFERENT;
    }
    if (given == Part.UNSURE || family == Part.DIFFERENT) {
      return NameLikeness.UNSURE;
    }
    if (given == Part.MISSING && family == Part.MISSING) {
      return NameLikeness.UNKNOWN;
    }
    return switch (worst(given, family)) {
      case SAME -> NameLikeness.SAME;
      case SIMILAR -> NameLikeness.SIMILAR;
      default -> NameLikeness.PARTIAL;
    };
  }

  private static Part worst(Part a, Part b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
