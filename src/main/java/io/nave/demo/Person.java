package io.nave.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * Somebody as they really are.
 *
 * @param id from 0
 * @param household people of one household share a home
 * @param ownScript writes the name in its own script
 * @param emails their own: the present one first, then one they gave up
 * @param familyEmail one that the household shares, or null
 * @param mobile their own, E.164
 * @param landline the household's, E.164, or null
 * @param homes the present one first, then one they moved away from
 * @param loyalty the number on their card
 * @param optedOut wants no marketing e-mail
 */
public record Person(
    int id,
    int household,
    Culture culture,
    boolean ownScript,
    Spellings given,
    Spellings family,
    boolean woman,
    LocalDate birthDate,
    List<String> emails,
    String familyEmail,
    String mobile,
    String landline,
    List<Home> homes,
    String loyalty,
    boolean optedOut) {

  /** BCP 47. */
  public String language() {
    return culture.language;
  }
}
