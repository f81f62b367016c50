package io.nave.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An organisation's name without its legal form.
 *
 * @param core the folded name as one run of letters; empty where nothing is known
 * @param words the words that say something, in order
 * @param distinct each of them once
 */
record OrganisationName(String core, List<String> words, List<Word> distinct) {
  static final OrganisationName NONE = new OrganisationName("", List.of(), List.of());

  private static final Set<String> FILLERS =
      Set.of("and", "of", "the", "for", "at", "in", "de", "la", "le", "du", "des", "und", "y", "e");

  /** The levels of comparing two names. */
  static final List<String> LEVELS = List.of("same", "close", "like", "part", "different");

  private static final int SAME = 0;
  private static final int CLOSE = 1;
  private static final int LIKE = 2;
  private static final int PART = 3;
  private static final int DIFFERENT = 4;

  static OrganisationName of(String folded) {
    if (folded.isEmpty()) {
      return NONE;
    }
    List<String> words = Words.of(folded);
    List<String> telling = new ArrayList<>(words);
    telling.removeIf(FILLERS::contains);
    if (telling.isEmpty()) {
      telling = words;
    }
    return new OrganisationName(String.join("", telling), telling, Word.distinct(telling));
  }

  /** A word and its digest, by which its frequency is known. */
  record Word(String text, long digest) {
    static List<Word> distinct(List<String> words) {
      List<Word> distinct = new ArrayList<>(words.size());
      for (String word : new LinkedHashSet<>(words)) {
        distinct.add(new Word(word, Terms.digest(word)));
      }
      return distinct;
    }
  }

  boolean isEmpty() {
    return core.isEmpty();
  }

  /** The level, or {@link Comparison#NOTHING}; {@code terms} say how rare words are. */
  static int level(OrganisationName a, OrganisationName b, Terms terms) {
    if (a.isEmpty() || b.isEmpty()) {
      return Comparison.NOTHING;
    }
    if (a.core.equals(b.core)) {
      return SAME;
    }
    Overlap overlap = Overlap.of(a.distinct, b.distinct, terms);
    if (overlap.ofAll >= 0.8 || Math.min(a.core.length(), b.core.length()) >= 8 && typo(a, b)) {
      return CLOSE;
    }
    if (overlap.ofAll >= 0.5 || abbreviated(a, b) || abbreviated(b, a)) {
      return LIKE;
    }
    return overlap.ofAll >= 0.3 || overlap.ofShorter >= 0.7 ? PART : DIFFERENT;
  }

  private static boolean typo(OrganisationName a, OrganisationName b) {
    return Spelling.within(a.core, b.core, 2);
  }

  /** IBM for International Business Machines: the initials of three words or more. */
  private static boolean abbreviated(OrganisationName a, OrganisationName b) {
    if (a.words.size() != 1 || b.words.size() < 3 || a.core.length() != b.words.size()) {
      return false;
    }
    for (int i = 0; i < b.words.size(); i++) {
      if (a.core.charAt(i) != b.words.get(i).charAt(0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far two names share words, weighed by rarity; words that differ by a typing mistake or are
   * cut short count as one.
   *
   * @param ofAll the words that both have, of the words of either (a weighted Jaccard index)
   * @param ofShorter the words that both have, of the words of the name that says less
   */
  private record Overlap(double ofAll, double ofShorter) {

    static Overlap of(List<Word> a, List<Word> b, Terms terms) {
      List<Word> rest = new ArrayList<>(b);
      double ofB = sum(b, terms);
      double ofA = 0;
      double shared = 0;
      for (int i = 0; i < a.size(); i++) {
        double weight = terms.rarity(a.get(i).digest);
        ofA += weight;
        int at = find(a.get(i).text, rest);
        if (at >= 0) {
          shared += Math.min(weight, terms.rarity(rest.remove(at).digest));
        }
      }
      double all = ofA + ofB - shared;
      double shorter = Math.min(ofA, ofB);
      return new Overlap(all == 0 ? 0 : shared / all, shorter == 0 ? 0 : shared / shorter);
    }

    private static double sum(List<Word> words, Terms terms) {
      double sum = 0;
      for (int i = 0; i < words.size(); i++) {
        sum += terms.rarity(words.get(i).digest);
      }
      return sum;
    }
  }

  private static int find(String word, List<Word> words) {
    int like = -1;
    for (int i = 0; i < words.size(); i++) {
      String other = words.get(i).text;
      if (other.equals(word)) {
        return i;
      }
      if (like < 0 && isLike(word, other)) {
        like = i;
      }
    }
    return like;
  }

  private static boolean isLike(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    return shorter >= 4 && (a.startsWith(b) || b.startsWith(a))
        || shorter >= 5 && Spelling.typo(a, b);
  }
}
