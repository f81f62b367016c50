package io.nave.identity;

import io.nave.canonical.Customer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys by which candidates find each other: two records that some rule can match share at least
 * one, apart from what the cap cuts off. Deterministic; {@code e:} e-mail, {@code p:} phone, {@code
 * i:} identifier, {@code b:} birth date with a place, {@code n:} name and birth date, {@code a:}
 * name and postcode, {@code o:} organisation's name, {@code d:} domain. At most 12 a record, the
 * most telling first; placeholders give none.
 */
public final class BlockingKeys {
  /** The most keys a record has. */
  public static final int MOST = 12;

  private static final int MOST_OF_A_KIND = 3;
  private static final int LONGEST = 80;

  private final MatchRules rules;

  public BlockingKeys(MatchRules rules) {
    this.rules = rules;
  }

  /** The customer's keys, in a stable order; empty where it says nothing that can be matched. */
  public Set<String> of(Customer customer) {
    return of(rules.profile(customer));
  }

  /** As {@link #of(Customer)}, for a profile that is there already. */
  public Set<String> of(Profile p) {
    Set<String> keys = new LinkedHashSet<>();
    add(keys, "i:", p.identifiers);
    add(keys, "e:", p.emails);
    add(keys, "p:", p.phones);
    if (p.isOrganisation()) {
      organisation(keys, p);
    } else {
      person(keys, p);
    }
    return keys;
  }

  private static void organisation(Set<String> keys, Profile p) {
    if (!p.organisation.isEmpty()) {
      add(keys, "o:", Set.of(p.organisation));
    }
    add(keys, "d:", p.domains);
    p.places.postcodes().stream()
        .filter(c -> !p.organisation.isEmpty())
        .forEach(c -> add(keys, "a:", Set.of(c + "|" + start(p.organisation))));
  }

  private static void person(Set<String> keys, Profile p) {
    String born = p.stance.birthDate() == null ? null : p.stance.birthDate().toString();
    PersonName name = p.stance.name();
    if (born != null && !name.empty()) {
      add(keys, "n:", Set.of(ends(name) + "|" + born));
      p.places.postcodes().forEach(c -> add(keys, "b:", Set.of(born + "|" + c)));
      p.places.cities().forEach(c -> add(keys, "b:", Set.of(born + "|" + c)));
    }
    if (!name.family().isEmpty()) {
      p.places.postcodes().forEach(c -> add(keys, "a:", Set.of(c + "|" + familyStart(name))));
    }
  }

  private static void add(Set<String> keys, String prefix, Set<String> values) {
    values.stream()
        .limit(MOST_OF_A_KIND)
        .filter(v -> keys.size() < MOST)
        .forEach(v -> keys.add(cut(prefix + v)));
  }

  /** Starts of given and family name, in either order. */
  private static String ends(PersonName name) {
    String given = start(name.givenSolid());
    String family = familyStart(name);
    return given.compareTo(family) <= 0 ? given + "|" + family : family + "|" + given;
  }

  private static String familyStart(PersonName name) {
    List<String> core = name.familyCore();
    return core.isEmpty() ? "" : start(core.get(0));
  }

  private static String start(String word) {
    String skeleton = Spelling.skeleton(word);
    return skeleton.substring(0, Math.min(2, skeleton.length()));
  }

  private static String cut(String key) {
    return key.length() <= LONGEST
        ? key
        : key.substring(0, LONGEST - 9) + "~" + Integer.toHexString(key.hashCode());
  }
}
