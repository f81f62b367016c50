package io.nave.identity;

import static io.nave.identity.Outcome.MATCH;
import static io.nave.identity.Outcome.NO_MATCH;
import static io.nave.identity.Outcome.POSSIBLE_MATCH;
import static io.nave.identity.People.compare;
import static io.nave.identity.People.nameless;
import static io.nave.identity.People.organisation;
import static io.nave.identity.People.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nave.canonical.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchRulesTest {
  private static final String MAIL = "family@example.org";

  @ParameterizedTest
  @CsvSource({
    "Siân, Llywelyn, Sian, Llywelyn",
    "Jonathan, Smith, Jonahtan, Smith",
    "Olivia, Evans, Olivi, Evans",
    "Robert, Smith, Bob, Smith",
    "Katarzyna, Nowak, Kasia, Nowak",
    "William, Hughes, Wil, Hughes",
    "Dafydd, Jones, David, Jones",
    "J, Smith, Jane, Smith",
    "Jane, Smyth, Jane, Smith",
    "Smith, Jane, Jane, Smith",
    "Anna, Müller, Anna, Mueller",
    "Anna, Smith-Jones, Anna, Jones",
    "Jan, van der Berg, Jan, Berg",
    "Jean-Paul, Martin, Jean, Martin",
    "Юлия, Иванова, Yulia, Ivanova",
    "Łukasz, Wójcik, Lukasz, Wojcik",
    "Christopher, Smith, Christophre, Smith",
    "Steven, Brown, Stephen, Brown",
    "Dudek, Gosia, Małgorzata, Dudek",
    "Sophie, Den, Sophie, Dean",
    "Haarry, Turner, Harold, Turner",
    "Siân, Llywelyn, Siân, ",
    ", Llywelyn, Siân, Llywelyn",
    "Siân Llywelyn, , Siân, Llywelyn",
  })
  void joinsOnePersonUnderOneEmail(String given, String family, String given2, String family2) {
    assertThat(compare(person(given, family).email(MAIL), person(given2, family2).email(MAIL)))
        .isEqualTo(MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "John, Peter",
    "John, Joan",
    "Mario, Maria",
    "Paul, Paula",
    "Daniel, Danielle",
    "J, Peter",
    "Tom, Tim",
    "Zdravkomir, Zdravkomira",
    "Huw, Siân",
    "Alexander, Alexandra",
    "Christine, Christian",
  })
  void neverJoinsAFamilyUnderOneEmailPhoneAndAddress(String given, String other) {
    People one =
        person(given, "Rossi").email(MAIL).phone("+441632960001").at("1 High St", "A", "B1");
    People two =
        person(other, "Rossi").email(MAIL).phone("+441632960001").at("1 High St", "A", "B1");
    assertThat(compare(one, two)).isNotEqualTo(MATCH);
  }

  @Test
  void leavesTwinsToASteward() {
    People one = person("Huw", "Rossi").born("1980-02-03").at("1 High St", "A", "B1");
    People two = person("Aled", "Rossi").born("1980-02-03").at("1 High St", "A", "B1");
    assertThat(compare(one, two)).isNotEqualTo(MATCH);
  }

  @Test
  void leavesFatherAndSonOfOneNameApart() {
    People father = person("John", "Smith").suffix("Sr").email(MAIL);
    assertThat(compare(father, person("John", "Smith").suffix("Jr.").email(MAIL)))
        .isEqualTo(NO_MATCH);
    assertThat(
            compare(
                person("John", "Smith").born("1950-03-04").email(MAIL),
                person("John", "Smith").born("1978-11-21").phone("+441632960001")))
        .isNotEqualTo(MATCH);
    assertThat(
            compare(
                person("Morris I", "Klein").email(MAIL), person("Morris II", "Klein").email(MAIL)))
        .isEqualTo(NO_MATCH);
  }

  @Test
  void leavesASonNamedAfterHisFathersMiddleNameToASteward() {
    People father = person("Robert", "Smith").middle("James").email(MAIL);
    assertThat(compare(father, person("James", "Smith").email(MAIL))).isEqualTo(POSSIBLE_MATCH);
  }

  @Test
  void knowsAPersonByGivenNameAndEmailAfterAMarriage() {
    People before = person("Jane", "Smith").email(MAIL);
    assertThat(compare(before, person("Jane", "Brown").email(MAIL))).isEqualTo(MATCH);
    assertThat(compare(before, person("Jane", "Brown"))).isEqualTo(NO_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "1980-02-03, 1980-03-02, MATCH",
    "1980-02-03, 1980-02-08, MATCH",
    "1980-02-20, 1980-02-19, MATCH",
    "1980-02-03, 1981-02-03, MATCH",
    "1980-02-03, 1981-02-08, MATCH",
    "1980-02-03, 1955-11-28, MATCH",
    "1980-02-03, 1900-01-01, MATCH",
  })
  void acceptsATypingMistakeInABirthDate(String born, String other, Outcome outcome) {
    People a = person("Jane", "Smith").email(MAIL).born(born);
    assertThat(compare(a, person("Jane", "Smith").email(MAIL).born(other))).isEqualTo(outcome);
  }

  @Test
  void joinsANamelessRecordByEmailAndLeavesATelephoneToASteward() {
    assertThat(compare(nameless().email(MAIL), person("Jane", "Smith").email(MAIL)))
        .isEqualTo(MATCH);
    People phone = nameless().phone("+441632960001");
    assertThat(compare(phone, person("Jane", "Smith").phone("+441632960001")))
        .isEqualTo(POSSIBLE_MATCH);
  }

  @Test
  void joinsByIdentifierUnlessPersonalOnesContradict() {
    People one = person("Jane", "Smith").id("loyalty", "L-77").id("pesel", "44051401359");
    assertThat(compare(one, person("Jane", "Smith").id("loyalty", "L77"))).isEqualTo(MATCH);
    assertThat(
            compare(
                person("Jane", "Smith").email(MAIL).id("pesel", "44051401359"),
                person("Jane", "Smith").email(MAIL).id("PESEL", "02270803628")))
        .isNotEqualTo(MATCH);
  }

  @Test
  void joinsByNameBirthDateAndPlace() {
    People one = person("Jane", "Smith").born("1980-02-03").at("1 High Street", "York", "YO1 1AA");
    assertThat(
            compare(
                one, person("Jane", "Smyth").born("1980-02-03").at("9 Low Rd", "Leeds", "yo11aa")))
        .isEqualTo(MATCH);
    assertThat(
            compare(
                one, person("Jane", "Smith").born("1980-02-03").at("1 high st.", "X", "LS1 1AA")))
        .isEqualTo(MATCH);
    assertThat(compare(one, person("Jane", "Smith").born("1980-02-03"))).isEqualTo(MATCH);
    assertThat(compare(one, person("Jane", "Smith"))).isEqualTo(NO_MATCH);
  }

  @Test
  void ignoresPlaceholders() {
    assertThat(
            compare(
                person("Jane", "Smith").email("noreply@shop.example").phone("+440000000000"),
                person("Jane", "Smith").email("noreply@shop.example").phone("+440000000000")))
        .isEqualTo(NO_MATCH);
    assertThat(compare(person("Unknown", "n/a").email(MAIL), person("Jane", "Lee").email(MAIL)))
        .isEqualTo(MATCH);
  }

  @Test
  void joinsOrganisationsByNameWithoutLegalForm() {
    People acme =
        organisation("The Acme Trading Co. Ltd").domain("acme.example").at("1 High St", "A", "B1");
    assertThat(compare(acme, organisation("ACME Trading Limited").at("1 High Street", "A", "B1")))
        .isEqualTo(MATCH);
    assertThat(compare(acme, organisation("Acme Trading").at("9 Low Rd", "C", "D9")))
        .isEqualTo(NO_MATCH);
    assertThat(compare(acme, organisation("Brenin Cyf").domain("acme.example")))
        .isEqualTo(NO_MATCH);
    assertThat(
            compare(
                organisation("Acme S.p.A.").id("vat", "IT1"), organisation("X").id("VAT", "it 1")))
        .isEqualTo(MATCH);
  }

  @Test
  void neverJoinsAPersonAndAnOrganisation() {
    assertThat(
            compare(person("Jane", "Smith").id("vat", "GB1"), organisation("J").id("vat", "GB1")))
        .isEqualTo(NO_MATCH);
  }

  @Test
  void trustsNoNicknameAcrossGenders() {
    People he = person("Alexander", "Lee").gender("male").email(MAIL);
    assertThat(compare(he, person("Alex", "Lee").gender("female").email(MAIL)))
        .isEqualTo(POSSIBLE_MATCH);
    assertThat(compare(he, person("Alex", "Lee").gender("male").email(MAIL))).isEqualTo(MATCH);
  }

  @Test
  void readsWholeNames() {
    People whole = nameless().email(MAIL);
    whole.name = new Name(null, null, null, null, null, "LLYWELYN, Siân");
    assertThat(compare(whole, person("Siân", "Llywelyn").email(MAIL))).isEqualTo(MATCH);
    assertThat(compare(whole, person("Huw", "Llywelyn").email(MAIL))).isEqualTo(NO_MATCH);
  }

  @Test
  void explainsByLevelsWithoutTheCustomersValues() {
    var verdict =
        People.RULES.compare(
            person("John", "Smith").email(MAIL).customer(),
            person("Peter", "Smith").email(MAIL).customer());
    assertThat(verdict.outcome()).isEqualTo(NO_MATCH);
    assertThat(verdict.reasons())
        .extracting(Reason::comparison, Reason::level)
        .containsExactly(
            tuple("given", "distinct"),
            tuple("family", "same"),
            tuple("name-order", "same"),
            tuple("email", "same"),
            tuple("prior", "relatives"));
    assertThat(verdict.reasons().get(0).weight()).isNegative();
    assertThat(verdict.probability()).isBetween(0.0, 0.5);
  }
}
