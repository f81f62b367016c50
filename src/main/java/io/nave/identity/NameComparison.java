package io.nave.identity;

import java.util.List;

/** Compares persons' names, part by part; symmetric. */
final class NameComparison {
  /**
   * The levels of comparing given names: {@code script} where the two are not written alike, but in
   * two scripts; {@code distinct} where both are well known to be two names.
   */
  static final List<String> GIVEN =
      List.of("same", "close", "like", "initial", "script", "different", "distinct");

  /** The levels of comparing family names. */
  static final List<String> FAMILY =
      List.of("same", "close", "like", "initial", "script", "different");

  static final int SAME = 0;
  static final int CLOSE = 1;
  static final int LIKE = 2;
  static final int INITIAL = 3;
  static final int SCRIPT = 4;
  static final int DIFFERENT = 5;
  static final int DISTINCT = 6;

  /** So many consonants tell a name; one less in a script that is read letter by letter. */
  private static final int TELLING = 3;

  private final GivenNames givenNames;
  private final Nicknames nicknames;

  NameComparison(Nicknames nicknames) {
    this.nicknames = nicknames;
    this.givenNames = new GivenNames(nicknames);
  }

  boolean isCommon(String givenName) {
    return nicknames.listed(givenName);
  }

  /** The level of the given names, crosswise where the pair is. */
  int given(Pair pair) {
    PersonName a = pair.a.name;
    PersonName b = pair.b.name;
    if (!pair.crossed) {
      return given(a, b);
    }
    if (!a.isLone() && !b.isLone()) {
      return givenAndFamily(a, b);
    }
    PersonName lone = a.isLone() ? a : b;
    return lone.given().isEmpty() ? givenAndFamily(lone == a ? b : a, lone) : Comparison.NOTHING;
  }

  /** The level of the family names, crosswise where the pair is. */
  int family(Pair pair) {
    PersonName a = pair.a.name;
    PersonName b = pair.b.name;
    if (!pair.crossed) {
      return family(a, b);
    }
    if (!a.isLone() && !b.isLone()) {
      return givenAndFamily(b, a);
    }
    PersonName lone = a.isLone() ? a : b;
    return lone.family().isEmpty() ? givenAndFamily(lone, lone == a ? b : a) : Comparison.NOTHING;
  }

  /**
   * Whether given and family name changed places: crosswise both agree, while straight neither
   * does. Where one record has only one name, it may be in the wrong place.
   */
  boolean crossed(PersonName a, PersonName b) {
    if (a.empty() || b.empty() || a.isLone() && b.isLone()) {
      return false;
    }
    return a.isLone() || b.isLone()
        ? loneCrossed(a.isLone() ? a : b, a.isLone() ? b : a)
        : mayCross(a, b) && bothCrossed(a, b);
  }

  private boolean loneCrossed(PersonName lone, PersonName whole) {
    boolean isGiven = lone.family().isEmpty();
    String name = isGiven ? lone.givenSolid() : lone.familySolid();
    String cross = isGiven ? whole.familySolid() : whole.givenSolid();
    String straight = isGiven ? whole.givenSolid() : whole.familySolid();
    return name.length() > 1
        && name.charAt(0) == cross.charAt(0)
        && !name.equals(straight)
        && isClose(isGiven ? givenAndFamily(lone, whole) : givenAndFamily(whole, lone))
        && (isGiven ? given(lone, whole) : family(lone, whole)) > CLOSE;
  }

  private static boolean isClose(int level) {
    return level == SAME || level == CLOSE;
  }

  private boolean bothCrossed(PersonName a, PersonName b) {
    int one = givenAndFamily(a, b);
    int other = one > INITIAL || one < SAME ? DIFFERENT : givenAndFamily(b, a);
    if (other < SAME || Math.min(one, other) > CLOSE || Math.max(one, other) > INITIAL) {
      return false;
    }
    int given = given(a, b);
    int family = family(a, b);
    boolean initial = Math.max(one, other) > CLOSE;
    return initial
        ? given > INITIAL && family > INITIAL
        : one == SAME || other == SAME || given > CLOSE || family > CLOSE;
  }

  private static boolean mayCross(PersonName a, PersonName b) {
    boolean begin =
        begin(a.givenSolid(), b.familySolid())
            || begin(a.familySolid(), b.givenSolid())
            || begin(a.givenSound(), b.familySound())
            || a.script() != b.script();
    return begin
        && !a.givenSolid().equals(b.givenSolid())
        && !a.familySolid().equals(b.familySolid());
  }

  private static boolean begin(String a, String b) {
    return !a.isEmpty() && !b.isEmpty() && a.charAt(0) == b.charAt(0);
  }

  private int givenAndFamily(PersonName a, PersonName b) {
    String given = a.givenSolid();
    String family = b.familySolid();
    if (given.equals(family)) {
      return given.length() == 1 ? INITIAL : SAME;
    }
    if (given.length() == 1 || family.length() == 1) {
      return given.charAt(0) == family.charAt(0) ? INITIAL : across(a, b, given, family);
    }
    boolean close = GivenNames.spelt(given, family) || isForm(a.given(), family);
    return close ? CLOSE : across(a, b, given, family);
  }

  private boolean isForm(List<GivenName> given, String name) {
    return given.size() == 1 && given.get(0).isListed() && given.get(0).related(nicknames.of(name));
  }

  private int given(PersonName a, PersonName b) {
    if (a.given().isEmpty() || b.given().isEmpty()) {
      return Comparison.NOTHING;
    }
    if (a.givenSolid().equals(b.givenSolid())) {
      return a.givenSolid().length() == 1 ? INITIAL : SAME;
    }
    int first = givenNames.level(a.given().get(0), b.given().get(0));
    if (first <= LIKE) {
      return rest(a.given(), b.given(), first);
    }
    if (first < DIFFERENT) {
      return first;
    }
    boolean single = a.given().size() == 1 && b.given().size() == 1;
    if (!single && GivenNames.spelt(a.givenSolid(), b.givenSolid())) {
      return CLOSE;
    }
    if (callName(a, b)) {
      return LIKE;
    }
    return a.script() == b.script() ? first : across(a, b, a.givenSolid(), b.givenSolid());
  }

  private static int family(PersonName a, PersonName b) {
    if (a.family().isEmpty() || b.family().isEmpty()) {
      return Comparison.NOTHING;
    }
    String whole = a.familySolid();
    String other = b.familySolid();
    if (whole.equals(other)) {
      return whole.length() == 1 ? INITIAL : SAME;
    }
    if (whole.length() == 1 || other.length() == 1) {
      return whole.charAt(0) == other.charAt(0) ? INITIAL : across(a, b, whole, other);
    }
    if (contained(a.familyCore(), b.familyCore()) || GivenNames.spelt(whole, other)) {
      return CLOSE;
    }
    boolean like = GivenNames.similar(whole, other) || amongMiddle(a, b) || amongMiddle(b, a);
    return like ? LIKE : across(a, b, whole, other);
  }

  /** A name that was kept as a middle name at marriage. */
  private static boolean amongMiddle(PersonName a, PersonName b) {
    return !a.middle().isEmpty() && a.middle().contains(b.familySolid());
  }

  /** The level where one was written in another script: the consonants have to do. */
  private static int across(PersonName a, PersonName b, String one, String other) {
    if (a.script() == b.script()) {
      return DIFFERENT;
    }
    if (!isRead(one) || !isRead(other)) {
      return Comparison.NOTHING;
    }
    String left = Spelling.consonants(one);
    String right = Spelling.consonants(other);
    int shorter = Math.min(left.length(), right.length());
    int edits = Spelling.edits(left, right);
    boolean signs = a.script() == Script.SIGNS || b.script() == Script.SIGNS;
    int telling = signs ? TELLING : TELLING - 1;
    if (edits == 0 && shorter >= telling || edits == 1 && shorter > telling) {
      return CLOSE;
    }
    if (edits == 0 && shorter >= 2 || edits == 1 && shorter >= TELLING) {
      return LIKE;
    }
    int longer = Math.max(left.length(), right.length());
    return signs || shorter == 0 || edits * 2 <= longer ? SCRIPT : DIFFERENT;
  }

  /** Whether the script has a reading in Latin letters. */
  private static boolean isRead(String folded) {
    return folded.charAt(0) < 0x80;
  }

  /** Further given names that are two names make a given name that is only alike. */
  private int rest(List<GivenName> a, List<GivenName> b, int first) {
    for (int i = 1; i < Math.min(a.size(), b.size()); i++) {
      if (givenNames.level(a.get(i), b.get(i)) >= DIFFERENT) {
        return LIKE;
      }
    }
    return first;
  }

  /** One is called by a later name of the other. */
  private static boolean callName(PersonName a, PersonName b) {
    return later(a, b) || later(b, a);
  }

  private static boolean later(PersonName a, PersonName b) {
    for (int i = 0; i < b.given().size(); i++) {
      String word = b.given().get(i).text();
      if (word.length() > 1 && (a.middle().contains(word) || isLater(a, word))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLater(PersonName name, String word) {
    for (int i = 1; i < name.given().size(); i++) {
      if (name.given().get(i).text().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contained(List<String> a, List<String> b) {
    return a.containsAll(b) || b.containsAll(a);
  }
}
