package io.nave.identity;

import java.util.Collections;
import java.util.Set;

/**
 * A customer as the rules see it: folded, without placeholders. Made by {@link MatchRules#profile}.
 */
public final class Profile {
  final Stance stance;
  final String organisation;
  final Set<String> emails;
  final Set<String> phones;
  final Set<String> mobiles;
  final Set<String> identifiers;
  final Set<String> domains;
  final Places places;

  /** Folded postal codes, cities and address lines. */
  record Places(Set<String> postcodes, Set<String> cities, Set<String> lines) {}

  /** The ways to reach the customer, and the numbers it was given. */
  record Contacts(
      Set<String> emails,
      Set<String> phones,
      Set<String> mobiles,
      Set<String> identifiers,
      Set<String> domains) {}

  Profile(Stance stance, String organisation, Contacts contacts, Places places) {
    this.stance = stance;
    this.organisation = organisation;
    this.emails = contacts.emails();
    this.phones = contacts.phones();
    this.mobiles = contacts.mobiles();
    this.identifiers = contacts.identifiers();
    this.domains = contacts.domains();
    this.places = places;
  }

  boolean isOrganisation() {
    return stance.type().equals("organisation");
  }

  static boolean share(Set<String> a, Set<String> b) {
    return !a.isEmpty() && !b.isEmpty() && !Collections.disjoint(a, b);
  }
}
