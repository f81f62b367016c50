package io.nave.demo;

import java.time.LocalDate;

/**
 * What one system believes of somebody. Every part but spoke, person and family may be null.
 *
 * @param index its place in the population
 * @param person whom it is really about
 * @param mobile as it was typed
 * @param landline as it was typed
 * @param marketing whether marketing e-mail is allowed; null: the record does not say
 */
public record SpokeRecord(
    int index,
    String spoke,
    int person,
    String given,
    String family,
    LocalDate birthDate,
    String gender,
    String language,
    String email,
    String mobile,
    String landline,
    Home home,
    String loyalty,
    Boolean marketing) {}
