package io.nave.identity;

import static io.nave.identity.People.nameless;
import static io.nave.identity.People.organisation;
import static io.nave.identity.People.person;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {

  @ParameterizedTest
  @CsvSource({
    "Siân, SIAN, same",
    "Robert, Bob, close",
    "Peggie, Margaret, close",
    "Jonathan, Jonahtan, close",
    "Mhd, Mohamed, close",
    "Wlm, Wilhelmus, like",
    "Keeley, Kaylee, like",
    "Florence, Forcnele, like",
    "B, Robert, initial",
    "J, Robert, different",
    "Darla, Darletta, different",
    "Tom, Tim, distinct",
    "Huw, Peter, distinct",
    "Jean Paul, Jean, same",
    "Юлия, Yulia, close",
    "케이트, Kate, close",
    "ラインハルト, Reinardt, close",
    "אפרת, Efrat, close",
    "جون, Peter, different",
    "歐文, Irwin, script",
    "តារា, Dara, nothing",
  })
  void comparesGivenNames(String one, String other, String level) {
    assertThat(level("given", person(one, "Lee"), person(other, "Lee"))).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "Müller, Mueller, close",
    "Smith-Jones, Jones, close",
    "van der Berg, Berg, close",
    "Ivanov, Ivanova, close",
    "Thompson, Tompson, close",
    "S, Smith, initial",
    "Smith, Brown, different",
    "체임벌린, Chamberlain, close",
    "Мандельштам, Mandelstam, same",
  })
  void comparesFamilyNames(String one, String other, String level) {
    assertThat(level("family", person("Jo", one), person("Jo", other))).isEqualTo(level);
  }

  @Test
  void knowsAFamilyNameThatWasKeptAsAMiddleName() {
    People before = person("Anna", "Kowalska");
    assertThat(level("family", before, person("Anna", "Nowak").middle("Kowalska")))
        .isEqualTo("like");
  }

  @Test
  void findsNamesThatChangedPlaces() {
    assertThat(level("name-order", person("Daniella", "Shaw"), person("Shaw", "Daniella")))
        .isEqualTo("swapped");
    assertThat(level("given", person("Daniella", "Shaw"), person("Shaw", "D")))
        .isEqualTo("initial");
    assertThat(level("name-order", person("James", "Thomas"), person("James", "Thomas")))
        .isEqualTo("same");
  }

  @Test
  void takesALoneNameForWhatItAgreesWith() {
    assertThat(level("family", person("Moberly", null), person("George", "Moberly")))
        .isEqualTo("same");
    assertThat(level("given", person("Moberly", null), person("George", "Moberly")))
        .isEqualTo("nothing");
    assertThat(level("given", person("George", null), person("George", "Moberly")))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource({
    "Jr, Sr, different",
    "Jr., Junior, same",
    "II, III, different",
    "I, II, different",
    "II, Jr, nothing",
    "Jr, PhD, nothing",
  })
  void comparesGenerations(String one, String other, String level) {
    assertThat(
            level("suffix", person("John", "Lee").suffix(one), person("John", "Lee").suffix(other)))
        .isEqualTo(level);
  }

  @Test
  void findsGenerationsAtTheEndOfAnyPart() {
    assertThat(level("suffix", person("Morris I", "Klein"), person("Morris II", "Klein")))
        .isEqualTo("different");
    assertThat(level("suffix", person("John", "Smith Jr"), person("John", "Smith").suffix("Sr")))
        .isEqualTo("different");
    assertThat(level("given", person("Morris I", "Klein"), person("Morris", "Klein")))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource({
    "1980-02-03, 1980-02-03, same",
    "1980-02-03, 1980-03-02, close",
    "1980-02-03, 1981-02-03, close",
    "1980-02-28, 1980-02-29, close",
    "1981-01-01, 1981-07-21, year",
    "1980-02-03, 1981-02-08, near",
    "1980-02-03, 1952-11-28, different",
  })
  void comparesDatesOfBirth(String one, String other, String level) {
    assertThat(level("birth-date", nameless().born(one), nameless().born(other))).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "1 High Street, 1 high st., same",
    "'Hughes Plaza, 100 Howard Hughes Way, Las Vegas', 100 Howard Hughs Plaza, close",
    "'Chinatown Point, 133 New Bridge Road, 059413 Singapore', '133 New Bridge Rd', close",
    "'No 321, Street 128 Phnom Penh', '#321, Street 128', close",
    "3849 W 69th St, 3849 W 69th Place, close",
    "Musterstraße 12, Musterstr. 12, same",
    "4340 S Lamon, 4640 S Lamon, near",
    "12 Station Road, 98 Station Road, street",
    "12 Station Road, 12 Church Lane, different",
  })
  void comparesAddressLines(String one, String other, String level) {
    assertThat(
            level("address-line", nameless().at(one, null, null), nameless().at(other, null, null)))
        .isEqualTo(level);
  }

  @Test
  void findsThePostcodeOfAnAddressInOneLine() {
    People parted = nameless().at("1515 Adela Lane", "Las Vegas", "89111");
    assertThat(
            level(
                "postcode", parted, nameless().at("1515 Adela Ln Las Vegas NV 89111", null, null)))
        .isEqualTo("same");
    assertThat(
            level(
                "postcode",
                nameless().at("1 High St", "York", "YO1 1AA"),
                nameless().at("1 High St, York YO1 1AA", null, null)))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource({
    "jane@a.example, JANE@a.example, same",
    "jane.b@gmail.com, janeb+x@googlemail.com, same",
    "janet5@a.example, janet5@b.example, local",
    "bjones@a.example, bjonse@a.example, close",
    "sian.llywelyn@a.example, sianllywelyn@b.example, named",
    "huw@a.example, jo@b.example, different",
    "info@a.example, info@a.example, nothing",
  })
  void comparesEmails(String one, String other, String level) {
    assertThat(
            level(
                "email",
                person("Siân", "Llywelyn").email(one),
                person("Siân", "Llywelyn").email(other)))
        .isEqualTo(level);
  }

  @Test
  void knowsAnOrganisationByTheAddressOfARole() {
    assertThat(
            level(
                "email",
                organisation("A").email("info@a.example"),
                organisation("B").email("info@a.example")))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @CsvSource({
    "The Acme Trading Co. Ltd, ACME Trading Limited, same",
    "Brenin Cyfrifyddion Cyf, Brenin Cyfrifydion, close",
    "International Business Machines, IBM, like",
    "Universal Exports Singapore, Singapore Exports Ltd, like",
    "Chicago Public Schools Peck School, Peck, part",
    "Acme Trading, Brenin Cyf, different",
  })
  void comparesOrganisations(String one, String other, String level) {
    assertThat(level("organisation", organisation(one), organisation(other))).isEqualTo(level);
  }

  @Test
  void hasWordsForEveryLevel() {
    for (Comparison comparison : Comparisons.ALL) {
      for (String level : comparison.levels()) {
        assertThat(MatchWords.of(comparison.key(), level)).isNotBlank().doesNotContain("%");
      }
    }
    assertThat(MatchWords.of("attributes.shoeSize", "same")).isEqualTo("same shoeSize");
  }

  private static String level(String comparison, People one, People other) {
    String there = of(comparison, one, other);
    assertThat(of(comparison, other, one)).as("the other way").isEqualTo(there);
    return there;
  }

  private static String of(String comparison, People one, People other) {
    MatchRules rules = People.RULES;
    Pair pair = rules.pair(rules.profile(one.customer()), rules.profile(other.customer()));
    int level = Comparisons.of(comparison).level(pair);
    return level < 0 ? "nothing" : Comparisons.of(comparison).levels().get(level);
  }
}
