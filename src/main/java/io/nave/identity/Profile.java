package io.nave.identity;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A customer as the comparisons see it: folded, without placeholders. Made by {@link
 * MatchRules#profile}.
 */
public final class Profile {
  /** The type of an organisation. */
  static final String ORGANISATION = "organisation";

  final String type;
  final PersonName name;
  final OrganisationName organisation;
  final LocalDate birthDate;
  final String gender;
  final Contacts contacts;
  final Places places;
  final Map<String, String> attributes;

  /**
   * The ways to reach the customer, and the numbers it was given.
   *
   * @param addresses the e-mail addresses in their parts
   * @param phones the significant digits, as far as national and international forms agree
   * @param identifiers value by {@code type|issuer}
   * @param personal the kinds of identifiers that a customer has one of
   * @param employers the folded names of the organisations the person belongs to
   */
  record Contacts(
      List<String> emails,
      List<EmailAddress> addresses,
      List<String> phones,
      Map<String, String> identifiers,
      Set<String> personal,
      List<String> domains,
      List<String> employers) {}

  /** Folded postal codes, cities, address lines in their parts and whole, regions, countries. */
  record Places(
      List<String> postcodes,
      List<String> cities,
      List<StreetLine> lines,
      List<String> wholeLines,
      List<String> regions,
      List<String> countries) {}

  Profile(
      String type,
      PersonName name,
      OrganisationName organisation,
      LocalDate birthDate,
      String gender,
      Contacts contacts,
      Places places,
      Map<String, String> attributes) {
    this.type = type;
    this.name = name;
    this.organisation = organisation;
    this.birthDate = birthDate;
    this.gender = gender;
    this.contacts = contacts;
    this.places = places;
    this.attributes = attributes;
  }

  boolean isOrganisation() {
    return type.equals(ORGANISATION);
  }

  /** Whether there is nothing to compare. */
  boolean saysNothing() {
    return name.empty()
        && organisation.isEmpty()
        && contacts.emails().isEmpty()
        && contacts.phones().isEmpty()
        && contacts.identifiers().isEmpty();
  }

  /** The words by which records of one name are told apart; for explanations and orders. */
  @Override
  public String toString() {
    return Arrays.asList(type, name.givenSolid(), name.familySolid(), organisation.core())
        .toString();
  }
}
