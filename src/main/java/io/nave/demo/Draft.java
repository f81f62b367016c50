package io.nave.demo;

import java.time.LocalDate;

/** A spoke record while it is being made up. */
final class Draft {
  final Person person;
  final String spoke;
  String given;
  String family;
  LocalDate birthDate;
  String gender;
  String language;
  String email;
  String mobile;
  String landline;
  Home home;
  String loyalty;
  Boolean marketing;

  Draft(Person person, String spoke) {
    this.person = person;
    this.spoke = spoke;
  }

  SpokeRecord record(int index) {
    return new SpokeRecord(
        index,
        spoke,
        person.id(),
        given,
        family,
        birthDate,
        gender,
        language,
        email,
        mobile,
        landline,
        home,
        loyalty,
        marketing);
  }
}
