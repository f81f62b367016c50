package io.nave.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardiseTest {
  private final Standardise standardise = new Standardise("GB");

  @ParameterizedTest
  @CsvSource({
    "' sian@Example.ORG ', sian@example.org",
    "mailto:sian@example.org?subject=Hi, sian@example.org",
    "Siân Llywelyn <Sian@Example.org>, Sian@example.org",
    "anna@Bücher.example, anna@xn--bcher-kva.example",
    "anna@example.org., anna@example.org",
    "not an address, notanaddress",
  })
  void bringsEmailsIntoStandardForm(String raw, String value) {
    Email email = only(customer(emails(raw)).emails());

    assertThat(email.value()).isEqualTo(value);
    assertThat(email.original()).isEqualTo(raw);
  }

  @Test
  void keepsNoOriginalOfAnEmailThatIsStandardAlready() {
    assertThat(only(customer(emails("Sian@example.org")).emails()).original()).isNull();
  }

  @Test
  void comparesEmailsWithoutRegardToCase() {
    assertThat(Standardise.foldEmail(" Sian@EXAMPLE.org")).isEqualTo("sian@example.org");
    assertThat(Standardise.foldEmail(" ")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "029 2018 0000, GB, +442920180000",
    "+44 (0)29 2018 0000, DE, +442920180000",
    "tel:+44-29-2018-0000, , +442920180000",
    "0044 29 2018 0000, , +442920180000",
    "030 901820, DE, +4930901820",
    "(202) 456-1111, USA, +12024561111",
    "12-34, GB, 1234",
    "no phone, GB, no phone",
  })
  void bringsPhonesIntoStandardForm(String raw, String country, String value) {
    Phone phone = only(customer(phones(country, raw)).phones());

    assertThat(phone.value()).isEqualTo(value);
    assertThat(phone.original()).isEqualTo(raw.equals(value) ? null : raw);
  }

  @Test
  void readsNationalNumbersByTheDefaultCountryLast() {
    assertThat(standardise.phone("029 2018 0000")).isEqualTo("+442920180000");
    assertThat(new Standardise(null).phone("029 2018 0000")).isEqualTo("02920180000");
    assertThat(new Standardise(null).phone("0044 29 2018 0000")).isEqualTo("+442920180000");
    assertThat(standardise.boundTo("029 2018 0000")).isEqualTo("+442920180000");
    assertThat(standardise.boundTo("a@B.org")).isEqualTo("a@b.org");
  }

  @Test
  void refusesADefaultCountryThatIsNone() {
    assertThatThrownBy(() -> new Standardise("UK"))
        .hasMessage("default country: UK (expected: an ISO 3166-1 code such as GB)");
  }

  @Test
  void dropsDuplicatesAndKeepsWhatTheySay() {
    Customer raw =
        CustomerCases.with(
            List.of(
                new Email("a@b.org", "home", null, null, null),
                new Email("A@B.ORG", "work", true, true, null),
                new Email("c@d.org", null, true, null, null),
                new Email(" ", null, true, null, null)));

    assertThat(customer(raw).emails())
        .containsExactly(
            new Email("a@b.org", "home", true, true, null),
            new Email("c@d.org", null, false, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "SIÂN, MCDONALD, -, Siân, McDonald, Siân McDonald",
        "patrick, o'brien, -, Patrick, O'Brien, Patrick O'Brien",
        "DAFYDD, AP GWILYM, -, Dafydd, ap Gwilym, Dafydd ap Gwilym",
        "Vincent, van GOGH, -, Vincent, van GOGH, Vincent van GOGH",
        "anne-marie, van der berg, -, Anne-Marie, van der Berg, Anne-Marie van der Berg",
        "-, -, Siân Mair Llywelyn, Siân, Llywelyn, Siân Mair Llywelyn",
        "-, -, 'Llywelyn, Siân', Siân, Llywelyn, 'Llywelyn, Siân'",
        "-, -, 'LLYWELYN,SIÂN', Siân, Llywelyn, 'Llywelyn,Siân'",
        "A'İ\u0301, B, -, A'í, B, A'í B",
        "-, -, LUDWIG VAN BEETHOVEN, Ludwig, van Beethoven, Ludwig van Beethoven",
        "-, -, Dr. Jan de Vries Jr, Jan, de Vries, Dr. Jan de Vries Jr",
        "-, -, 김민준, 민준, 김, 김민준",
        "-, -, 山田 太郎, 太郎, 山田, 山田 太郎",
        "-, -, 山田太郎, -, -, 山田太郎",
        "小明, 王, -, 小明, 王, 王小明",
        "-, -, Madonna, -, -, Madonna",
        "' Siân\u202E\u0000 ', '\u00a0Ll\u200Bŷr', -, Siân, Llŷr, Siân Llŷr",
      })
  void writesNamesTheWayPeopleDo(
      String given, String family, String full, String g, String f, String whole) {
    Name name = customer(named(null, new Name(null, given, null, family, null, full))).name();

    assertThat(List.of("" + name.given(), "" + name.family(), "" + name.full()))
        .containsExactly("" + g, "" + f, "" + whole);
  }

  @Test
  void putsTheTitleAndTheSuffixOfAWholeNameApart() {
    Name whole = new Name(null, null, null, null, null, "Dr. Jan de Vries Jr");

    Name name = customer(named(null, whole)).name();

    assertThat(name.prefix()).isEqualTo("Dr.");
    assertThat(name.suffix()).isEqualTo("Jr");
  }

  /** The full stop of East Asian writing becomes a dot. */
  @Test
  void endsNoDomainInADot() {
    assertThat(Emails.asciiDomain("例え.jp。")).isEqualTo("xn--r8jz45g.jp");
    assertThat(Emails.asciiDomain("0｡")).isEqualTo("0");
  }

  @Test
  void takesOneCapitalForNoCaseAlsoWhereTheNameIsSplit() {
    Customer once = customer(named(null, new Name("a", null, null, null, "!", "A '")));
    assertThat(once.name().given()).isEqualTo("A");
    assertThat(customer(once)).isEqualTo(once);
  }

  @Test
  void leavesTheNameOfAnOrganisationAsItIs() {
    Name ibm = new Name(null, null, null, null, null, "IBM UK LTD");

    assertThat(customer(named("organisation", ibm)).name()).isEqualTo(ibm);
  }

  @ParameterizedTest
  @CsvSource({
    "United Kingdom, cf102gp, GB, CF10 2GP",
    "Cymru, CF10  2gp, GB, CF10 2GP",
    "GBR, w1a 1aa, GB, W1A 1AA",
    "Deutschland, 10115, DE, 10115",
    "nl, 1012 ab, NL, 1012 AB",
    "Narnia, x1, Narnia, X1",
  })
  void writesCountriesAndPostcodesTheirOwnWay(String country, String code, String iso, String out) {
    Address address = new Address(null, List.of(" ", " 1  Heol "), "", null, code, country, true);

    Address standard = only(customer(CustomerCases.at(address)).addresses());

    assertThat(standard)
        .isEqualTo(new Address(null, List.of("1 Heol"), null, null, out, iso, true));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "M, male",
        "Female, female",
        "Mrs., female",
        "Männlich, male",
        "x, other",
        "non-binary, other",
        "unknown, -",
        "'', -",
        "benyw, female"
      })
  void knowsTheWaysToWriteGenders(String raw, String gender) {
    assertThat(Vocabulary.gender(raw)).isEqualTo(gender);
  }

  @ParameterizedTest
  @CsvSource({
    "cy, cy",
    "CY, cy",
    "en_gb, en-GB",
    "eng, en",
    "Welsh, cy",
    "Cymraeg, cy",
    "iw, he",
    "zh-hant-tw, zh-Hant-TW",
    "Deutsch, de",
    "Klingonish!, Klingonish!"
  })
  void knowsTheWaysToWriteLanguages(String raw, String tag) {
    assertThat(Vocabulary.language(raw)).isEqualTo(tag);
  }

  @Test
  void tidiesWhatElseThereIs() {
    Map<String, Object> attributes = new TreeMap<>(Map.of("b", 1));
    attributes.put("a", null);
    Customer raw =
        new Customer(
            " person ",
            " ",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(
                new Identifier(" loyalty", "", " L-77 "),
                new Identifier("loyalty", null, "L-77"),
                new Identifier("x", null, " ")),
            List.of(
                new Membership(new Membership.Organisation("", " "), null, "", null, null, true)),
            List.of("https://WWW.Brenin.example/about", "brenin.example"),
            attributes);

    Customer standard = customer(raw);

    assertThat(standard.type()).isEqualTo("person");
    assertThat(standard.lifecycle()).isNull();
    assertThat(standard.identifiers()).containsExactly(new Identifier("loyalty", null, "L-77"));
    assertThat(standard.memberships()).isEmpty();
    assertThat(standard.domains()).containsExactly("brenin.example");
    assertThat(standard.attributes()).isEqualTo(Map.of("b", 1));
  }

  @Test
  void doubtsBirthDatesThatCannotBeTrue() {
    LocalDate today = LocalDate.of(2026, 1, 2);

    assertThat(Standardise.isPlausibleBirth(LocalDate.of(1980, 2, 3), today)).isTrue();
    assertThat(Standardise.isPlausibleBirth(LocalDate.of(1849, 12, 31), today)).isFalse();
    assertThat(Standardise.isPlausibleBirth(today.plusDays(1), today)).isFalse();
    assertThat(Standardise.isPlausibleBirth(null, today)).isFalse();
  }

  private Customer customer(Customer raw) {
    return standardise.customer(raw);
  }

  private static Customer emails(String value) {
    return CustomerCases.with(List.of(new Email(value, null, null, null, null)));
  }

  private static Customer phones(String country, String value) {
    Address home = new Address(null, null, null, null, null, country, null);
    return new Customer(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(new Phone(value, null, null, null, null)),
        List.of(home),
        null,
        null,
        null,
        null);
  }

  private static Customer named(String type, Name name) {
    return new Customer(
        type, null, name, null, null, null, null, null, null, null, null, null, null);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
