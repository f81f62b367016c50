package io.nave.golden;

import static io.nave.golden.Sources.survivorship;
import static io.nave.golden.Sources.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.canonical.Email;
import io.nave.canonical.SourceKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a steward pins beats every rule. */
class PinTest {
  private static final List<Statement> TWO =
      List.of(
          new Sources("crm", 9).language("en").email("a@x.org", true).done(),
          new Sources("erp", 1).language("cy").email("b@x.org", true).done());
  private final Survivorship survivorship = survivorship("default: {by: recent}");

  private static Pin value(long id, String attribute, Object value) {
    return new Pin(id, attribute, value, null, time(50), "Mair");
  }

  private static Pin from(String attribute, String spoke) {
    return new Pin(1, attribute, null, new SourceKey(spoke, spoke + "-1"), time(50), "Mair");
  }

  @Test
  void aPinnedValueSurvivesAndSaysWhoPinnedIt() {
    var golden = survivorship.survive(TWO, List.of(value(1, "language", "de")));
    assertThat(golden.customer().language()).isEqualTo("de");
    assertThat(golden.lineage().get("language"))
        .isEqualTo(new Lineage("steward", "Mair", time(50), "pinned"));
  }

  @Test
  void aPinnedRecordsValueSurvivesAndStaysTheRecords() {
    var golden = survivorship.survive(TWO, List.of(from("language", "erp")));
    assertThat(golden.customer().language()).isEqualTo("cy");
    assertThat(golden.lineage().get("language"))
        .isEqualTo(new Lineage("erp", "erp-1", time(1), "pinned"));
  }

  @Test
  void aPinnedRecordThatIsNotLinkedOrSaysNothingHasNoEffect() {
    var plain = survivorship.survive(TWO);
    assertThat(survivorship.survive(TWO, List.of(from("language", "shop")))).isEqualTo(plain);
    assertThat(survivorship.survive(TWO, List.of(from("birthDate", "erp")))).isEqualTo(plain);
    assertThat(survivorship.survive(TWO, List.of(from("phones", "erp")))).isEqualTo(plain);
  }

  @Test
  void theLatestPinCounts() {
    var pins = List.of(value(2, "language", "fr"), value(1, "language", "de"));
    assertThat(survivorship.survive(TWO, pins).customer().language()).isEqualTo("fr");
  }

  @Test
  void aPinnedElementComesFirstAndTheOthersStay() {
    var pin = value(1, "emails", new Email("B@x.org", null, null, null, null));
    var golden = survivorship.survive(TWO, List.of(pin));
    assertThat(golden.customer().emails())
        .extracting(Email::value, Email::primary)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("B@x.org", true),
            org.assertj.core.groups.Tuple.tuple("a@x.org", false));
    assertThat(golden.lineage().get("emails[0]").spoke()).isEqualTo("steward");
    assertThat(golden.lineage().get("emails[1]").spoke()).isEqualTo("crm");
  }

  @Test
  void aPinnedListIsTheWholeList() {
    var only = new Email("c@x.org", null, null, null, null);
    var golden = survivorship.survive(TWO, List.of(value(1, "emails", List.of(only))));
    assertThat(golden.customer().emails()).containsExactly(only);
    assertThat(golden.lineage()).containsKey("emails[0]").doesNotContainKey("emails");
  }

  @Test
  void aPinnedRecordsListIsTheWholeList() {
    var golden = survivorship.survive(TWO, List.of(from("emails", "erp")));
    assertThat(golden.customer().emails()).extracting(Email::value).containsExactly("b@x.org");
    assertThat(golden.lineage().get("emails[0]").rule()).isEqualTo("pinned");
  }

  @Test
  void whatNobodyStatesCanBePinned() {
    var golden = survivorship.survive(TWO, List.of(value(1, "attributes.vip", true)));
    assertThat(golden.customer().attributes()).containsEntry("vip", true);
  }

  @Test
  void aPinBeatsItsGroup() {
    var grouped =
        survivorship("groups: {g: {of: [language, attributes.a], by: recent}}")
            .survive(TWO, List.of(from("language", "erp")));
    assertThat(grouped.customer().language()).isEqualTo("cy");
  }

  @Test
  void aPinNamesAValueOrARecord() {
    assertThatThrownBy(() -> new Pin(1, "name", null, null, time(1), "x"))
        .hasMessageContaining("expected: one of the two");
  }
}
