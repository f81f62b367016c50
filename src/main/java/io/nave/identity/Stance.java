package io.nave.identity;

import java.time.LocalDate;
import java.util.Set;

/**
 * The parts of a customer that a guard can object to. Equal stances get equal answers, which bounds
 * the work on big groups of records.
 *
 * @param type person, organisation or empty
 * @param birthDate null unless reliable
 * @param gender female, male or empty
 * @param personal identifiers that a person has one of: {@code type|issuer|value}
 */
record Stance(
    String type, PersonName name, LocalDate birthDate, String gender, Set<String> personal) {}
