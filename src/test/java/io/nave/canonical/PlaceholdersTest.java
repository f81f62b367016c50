package io.nave.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  private final Placeholders usual = Placeholders.usual();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test@test.com",
        "TEST@Test.com ",
        "noreply@acme.org",
        "No-Reply@x.org",
        "",
        "nobody"
      })
  void knowsAddressesNobodyReads(String email) {
    assertThat(usual.isEmail(email)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0000000", "1234567890", "+44 1111111111", "+0000000000", "987654321", "000", "-"})
  void knowsNumbersNobodyHas(String phone) {
    assertThat(usual.isPhone(phone)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "N/A", "n.a.", "Test  TEST", "xxx", "...", "X X X"})
  void knowsNamesNobodyBears(String name) {
    assertThat(usual.isText(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1900-01-01", "1970-01-01", "9999-12-31"})
  void knowsDatesThatStandForNone(LocalDate date) {
    assertThat(usual.isDate(date)).isTrue();
  }

  @Test
  void leavesTrueValuesAlone() {
    assertThat(usual.isEmail("sian@example.org")).isFalse();
    assertThat(usual.isPhone("+442920180000")).isFalse();
    assertThat(usual.isPhone("+447700900123")).isFalse();
    assertThat(usual.isText("Siân")).isFalse();
    assertThat(usual.isText("Ng")).isFalse();
    assertThat(usual.isText("王小明")).isFalse();
    assertThat(usual.isDate(LocalDate.of(1980, 2, 3))).isFalse();
  }

  @Test
  void takesTheListsItIsGiven() {
    LocalDate day = LocalDate.of(1980, 2, 3);
    Placeholders own =
        new Placeholders(
            Set.of("shop@acme.org"),
            Set.of("kasse"),
            Set.of("029 2018 0000"),
            Set.of(day),
            Set.of("Walk-in"));

    assertThat(own.isEmail("Shop@ACME.org")).isTrue();
    assertThat(own.isEmail("kasse@x.org")).isTrue();
    assertThat(own.isPhone("02920180000")).isTrue();
    assertThat(own.isDate(day)).isTrue();
    assertThat(own.isText("WALK IN")).isTrue();
    assertThat(own.isText("unknown")).isFalse();
  }
}
