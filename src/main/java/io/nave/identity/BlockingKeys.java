package io.nave.identity;

import io.nave.canonical.Customer;
import io.nave.platform.Digest64;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys by which candidates find each other: records that share none are not compared. {@code
 * e:} e-mail, {@code l:} its local part, {@code p:} phone, {@code i:} identifier, {@code b:} birth
 * date and initials, {@code y:} name and year of birth, {@code n:} name, {@code a:} postcode and
 * name, {@code s:} street and name, {@code g:} rare family name, {@code f:} family name and
 * initial, {@code c:} city and name, {@code o:} organisation's name, {@code d:} domain. At most
 * {@value #MOST} a record, the most telling first; placeholders give none.
 */
public final class BlockingKeys {
  /** The most keys a record has. */
  public static final int MOST = 24;

  private static final String FAMILY = "g:";
  private static final long KINDS = 3;
  private static final int MOST_OF_A_KIND = 3;
  private static final int LONGEST = 80;
  private static final int LOCAL_PART = 6;

  private final MatchRules rules;

  public BlockingKeys(MatchRules rules) {
    this.rules = rules;
  }

  /** The customer's keys, in a stable order; empty where it says nothing that can be matched. */
  public Set<String> of(Customer customer) {
    return of(rules.profile(customer));
  }

  /** How many records may have the key; one that more have says nothing. */
  int most(String key) {
    return most(kind(key));
  }

  /** As {@link #most(String)}, for a digest. */
  public int most(long digest) {
    return most((int) (digest & KINDS));
  }

  private int most(int kind) {
    return rules.config().limits().block() >> kind;
  }

  private static int kind(String key) {
    return switch (key.charAt(0)) {
      case 'a', 'c', 'f', 'g', 's' -> 2;
      case 'b', 'd', 'l', 'n', 'o', 'y' -> 1;
      default -> 0;
    };
  }

  /** The customer's keys as digests, sorted. */
  public long[] digests(Profile profile) {
    return of(profile).stream().mapToLong(BlockingKeys::digest).sorted().distinct().toArray();
  }

  private static long digest(String key) {
    return Digest64.of(key) & ~KINDS | kind(key);
  }

  /** As {@link #of(Customer)}, for a profile that is there already. */
  public Set<String> of(Profile p) {
    Set<String> keys = new LinkedHashSet<>(MOST * 2);
    p.contacts.identifiers().forEach((kind, value) -> add(keys, "i:" + kind + "|" + value));
    each(p.contacts.emails(), e -> add(keys, "e:" + e));
    each(p.contacts.phones(), d -> add(keys, "p:" + d.substring(d.length() - 7)));
    if (p.isOrganisation()) {
      organisation(keys, p);
    } else {
      person(keys, p);
    }
    return keys;
  }

  private static void organisation(Set<String> keys, Profile p) {
    List<String> words = p.organisation.words();
    if (!words.isEmpty()) {
      add(keys, "o:" + p.organisation.core());
      add(keys, "o:" + String.join("", words.subList(0, Math.min(2, words.size()))));
      String first = start(words.get(0), 4);
      each(p.places.postcodes(), c -> add(keys, "a:" + c + first));
    }
    each(p.contacts.domains(), d -> add(keys, "d:" + d));
    each(p.places.lines(), line -> line.keys().forEach(key -> add(keys, "s:" + key)));
  }

  private static void person(Set<String> keys, Profile p) {
    String given = start(p.name.givenSound(), 4);
    String family = start(p.name.familySound(), 5);
    names(keys, p, given, family);
    for (String initial : initials(given, family)) {
      if (p.birthDate != null) {
        add(keys, "b:" + p.birthDate + initial);
      }
      each(p.places.postcodes(), c -> add(keys, "a:" + c + initial));
      each(p.places.lines(), line -> line.keys().forEach(key -> add(keys, "s:" + key + initial)));
    }
    for (String city : p.places.cities()) {
      String place = "c:" + start(city.replace(" ", ""), 5) + "|";
      if (given.length() > 1) {
        add(keys, place + given);
      }
      if (family.length() > 1) {
        add(keys, place + start(family, 4));
      }
    }
    each(p.contacts.addresses(), e -> local(keys, e));
  }

  private static void names(Set<String> keys, Profile p, String given, String family) {
    if (!family.isEmpty()) {
      add(keys, FAMILY + p.name.familySound());
    }
    if (given.isEmpty() || family.isEmpty()) {
      return;
    }
    add(keys, "n:" + ordered(given, start(family, 4)));
    add(keys, "f:" + p.name.familySound() + start(given, 1));
    LocalDate born = p.birthDate;
    if (born != null) {
      add(keys, "y:" + born.getYear() + ordered(start(given, 2), start(family, 2)));
    }
  }

  private static void local(Set<String> keys, EmailAddress email) {
    if (email.local().length() >= LOCAL_PART) {
      add(keys, "l:" + email.words());
    }
  }

  private static Set<String> initials(String given, String family) {
    Set<String> initials = new LinkedHashSet<>();
    if (!given.isEmpty()) {
      initials.add(start(given, 1));
    }
    if (!family.isEmpty()) {
      initials.add(start(family, 1));
    }
    return initials;
  }

  private static <T> void each(List<T> values, Consumer<T> add) {
    for (int i = 0; i < Math.min(MOST_OF_A_KIND, values.size()); i++) {
      add.accept(values.get(i));
    }
  }

  private static void add(Set<String> keys, String key) {
    if (keys.size() < MOST) {
      keys.add(cut(key));
    }
  }

  /** The two in alphabetical order, so that swapped names meet. */
  private static String ordered(String a, String b) {
    return a.compareTo(b) <= 0 ? a + "|" + b : b + "|" + a;
  }

  private static String start(String word, int length) {
    return word.substring(0, Math.min(length, word.length()));
  }

  private static String cut(String key) {
    return key.length() <= LONGEST
        ? key
        : key.substring(0, LONGEST - 9) + "~" + Integer.toHexString(key.hashCode());
  }
}
