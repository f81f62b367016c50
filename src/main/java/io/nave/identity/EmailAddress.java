package io.nave.identity;

import java.util.Arrays;
import java.util.List;

/**
 * A folded e-mail address, in the parts by which it is compared.
 *
 * @param local what stands before the at sign
 * @param domain what stands behind it
 * @param words the words of the local part in alphabetical order
 * @param solid the local part as one run of letters and digits
 */
record EmailAddress(String whole, String local, String domain, String words, String solid) {
  /**
   * The levels: {@code local} where only the domain differs, or the order of the words; {@code
   * named} where two addresses are alike, but because both are made of the person's name.
   */
  static final List<String> LEVELS = List.of("same", "local", "close", "named", "different");

  private static final int SAME = 0;
  private static final int LOCAL = 1;
  private static final int CLOSE = 2;
  private static final int NAMED = 3;
  private static final int DIFFERENT = 4;
  private static final int SHORTEST = 5;
  private static final int NAME = 3;

  static EmailAddress of(String folded) {
    int at = folded.lastIndexOf('@');
    String local = folded.substring(0, at);
    String spaced = local.replace('.', ' ').replace('_', ' ').replace('-', ' ');
    String[] words = Words.of(spaced).toArray(String[]::new);
    String solid = String.join("", words);
    Arrays.sort(words);
    return new EmailAddress(
        folded, local, folded.substring(at + 1), String.join(".", words), solid);
  }

  static int level(Pair pair) {
    List<EmailAddress> ofA = pair.a.contacts.addresses();
    List<EmailAddress> ofB = pair.b.contacts.addresses();
    int best = Comparison.NOTHING;
    for (int i = 0; i < ofA.size(); i++) {
      for (int j = 0; j < ofB.size(); j++) {
        best = Comparisons.better(best, level(ofA.get(i), ofB.get(j), pair));
      }
    }
    return best;
  }

  private static int level(EmailAddress a, EmailAddress b, Pair pair) {
    int level = level(a, b);
    boolean alike = level == LOCAL || level == CLOSE;
    return alike && (isNamed(a, pair.a.name) || isNamed(b, pair.b.name)) ? NAMED : level;
  }

  private static boolean isNamed(EmailAddress email, PersonName name) {
    return name.familySolid().length() >= NAME && email.solid.contains(name.familySolid())
        || name.givenSolid().length() >= NAME && email.solid.contains(name.givenSolid())
        || name.script() != Script.LATIN && sounds(email, name);
  }

  /** Addresses are Latin: where the name is not, the consonants have to do. */
  private static boolean sounds(EmailAddress email, PersonName name) {
    String given = Spelling.consonants(name.givenSolid());
    String family = Spelling.consonants(name.familySolid());
    for (String word : email.words.split("\\.")) {
      String sound = Spelling.consonants(word);
      if (!sound.isEmpty() && (sound.equals(given) || sound.equals(family))) {
        return true;
      }
    }
    return false;
  }

  private static int level(EmailAddress a, EmailAddress b) {
    if (a.whole.equals(b.whole)) {
      return SAME;
    }
    int shorter = Math.min(a.local.length(), b.local.length());
    if (shorter >= SHORTEST && a.words.equals(b.words)) {
      return LOCAL;
    }
    int most = a.domain.equals(b.domain) ? 2 : 1;
    boolean close = shorter >= SHORTEST && Spelling.within(a.local, b.local, most);
    boolean near = a.local.equals(b.local) && Spelling.within(a.domain, b.domain, 2);
    return close || near ? CLOSE : DIFFERENT;
  }
}
