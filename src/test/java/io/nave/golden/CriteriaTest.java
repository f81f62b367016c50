package io.nave.golden;

import static io.nave.golden.Sources.survivorship;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Address;
import io.nave.canonical.Email;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each criterion of survivorship, fall-backs, windows and groups. */
class CriteriaTest {
  private static Golden golden(String yaml, Sources... sources) {
    return survivorship(yaml).survive(java.util.Arrays.stream(sources).map(Sources::done).toList());
  }

  private static String language(String yaml, Sources... sources) {
    return golden(yaml, sources).customer().language();
  }

  @Test
  void takesWhatMostRecordsSay() {
    var golden =
        golden(
            "attributes: {name: {by: frequent}}",
            new Sources("a", 1).name("Siân", "Rees"),
            new Sources("b", 2).name("Sian", "Rees"),
            new Sources("c", 9).name("Sean", "Rees"));
    assertThat(golden.customer().name().given()).isEqualTo("Sian");
    assertThat(golden.lineage().get("name").rule()).isEqualTo("frequent");
    assertThat(golden.lineage().get("name").spoke()).isEqualTo("b");
  }

  @Test
  void takesTheNameWithTheMostParts() {
    var golden =
        golden(
            "attributes: {name: {by: complete}}",
            new Sources("a", 1).name("Siân", "Rees"),
            new Sources("b", 9).name("Siân", null));
    assertThat(golden.customer().name().family()).isEqualTo("Rees");
    assertThat(golden.lineage().get("name").rule()).isEqualTo("complete");
  }

  @Test
  void putsVerifiedAddressesFirstAndMakesTheFirstThePrimaryOne() {
    var golden =
        golden(
            "attributes: {emails: {by: [verified, recent]}}",
            new Sources("a", 9).email("new@x.org", true),
            new Sources("b", 1).verified("proved@x.org").email("other@x.org", null));
    assertThat(golden.customer().emails())
        .extracting(Email::value)
        .containsExactly("proved@x.org", "new@x.org", "other@x.org");
    assertThat(golden.customer().emails()).extracting(Email::primary).startsWith(true, false);
    assertThat(golden.lineage().get("emails[0]").spoke()).isEqualTo("b");
    assertThat(golden.lineage().get("emails[0]").rule()).isEqualTo("verified");
  }

  @Test
  void keepsTheVerifiedOneOfTwoThatAreTheSame() {
    var golden =
        golden(
            "attributes: {emails: {by: verified}}",
            new Sources("a", 9).email("me@x.org", null),
            new Sources("b", 1).verified("ME@x.org"));
    assertThat(golden.customer().emails()).extracting(Email::verified).containsExactly(true);
  }

  @Test
  void takesTheLongestText() {
    var free = "attributes: {attributes.note: {by: longest}}";
    var golden =
        golden(
            free,
            new Sources("a", 9).attribute("note", "short"),
            new Sources("b", 1).attribute("note", "a longer one"));
    assertThat(golden.customer().attributes()).containsEntry("note", "a longer one");
  }

  @Test
  void takesTheLeastAndTheGreatestNumberAlsoWhereOneIsText() {
    var sources =
        new Sources[] {
          new Sources("a", 1).attribute("points", 9), new Sources("b", 2).attribute("points", "10")
        };
    assertThat(golden("attributes: {attributes.points: {by: minimum}}", sources).customer())
        .extracting(c -> c.attributes().get("points"))
        .isEqualTo(9);
    assertThat(golden("attributes: {attributes.points: {by: maximum}}", sources).customer())
        .extracting(c -> c.attributes().get("points"))
        .isEqualTo("10");
  }

  @Test
  void takesTheEarliestDate() {
    var golden =
        golden(
            "attributes: {birthDate: {by: minimum}}",
            new Sources("a", 9).born("1980-10-01"),
            new Sources("b", 1).born("1980-09-30"));
    assertThat(golden.customer().birthDate()).hasToString("1980-09-30");
  }

  @Test
  void asksTheNextCriterionWhereTheFirstLeavesSeveral() {
    var golden =
        golden(
            "attributes: {name: {by: [complete, priority], spokes: [erp]}}",
            new Sources("crm", 9).name("Siân", "Rees"),
            new Sources("erp", 1).name("Sian", "Rees"));
    assertThat(golden.customer().name().given()).isEqualTo("Sian");
    assertThat(golden.lineage().get("name").rule()).isEqualTo("priority");
  }

  @Test
  void saysWhichTieBreakDecided() {
    var golden =
        golden(
            "{trust: [b]}", new Sources("a", 1).language("en"), new Sources("b", 1).language("cy"));
    assertThat(golden.lineage().get("language").rule()).isEqualTo("priority");
    golden =
        golden(
            "{trust: [x]}", new Sources("a", 1).language("en"), new Sources("b", 1).language("cy"));
    assertThat(golden.lineage().get("language").rule()).isEqualTo("order");
  }

  @Test
  void aTrustedSpokeWinsOnlyWhileItIsFresh() {
    var yaml = "attributes: {language: {by: priority, spokes: [erp], while: PT10S}}";
    assertThat(
            language(
                yaml, new Sources("erp", 0).language("cy"), new Sources("crm", 10).language("en")))
        .isEqualTo("cy");
    var late =
        golden(yaml, new Sources("erp", 0).language("cy"), new Sources("crm", 11).language("en"));
    assertThat(late.customer().language()).isEqualTo("en");
    assertThat(late.lineage().get("language").rule()).isEqualTo("fresh");
  }

  @Test
  void aStatementOfUnknownAgeIsStaleBesideOneOfKnownAge() {
    var yaml = "attributes: {language: {by: priority, spokes: [erp], while: P365D}}";
    var unknown =
        new Statement(
            new io.nave.canonical.SourceKey("erp", "1"),
            new Sources("erp", 0).language("cy").done().customer(),
            null,
            null,
            false);
    var known = new Sources("crm", 1).language("en").done();
    assertThat(survivorship(yaml).survive(List.of(unknown, known)).customer().language())
        .isEqualTo("en");
  }

  @Test
  void anAddressSurvivesWhole() {
    var golden =
        golden(
            "attributes: {addresses: {by: [complete, recent], keep: 1}}",
            new Sources("a", 9).address("Cardiff"),
            new Sources("b", 1).address("Swansea", "1 Wind Street"));
    assertThat(golden.customer().addresses())
        .extracting(Address::city, a -> a.lines().get(0))
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Swansea", "1 Wind Street"));
  }

  @Test
  void aGroupComesFromOneRecordEvenWhereThatLacksAPart() {
    var golden =
        golden(
            "groups: {loyalty: {of: [attributes.tier, attributes.points], by: recent}}",
            new Sources("a", 1).attribute("tier", "gold").attribute("points", 7),
            new Sources("b", 9).attribute("tier", "silver").attribute("other", 1));
    assertThat(golden.customer().attributes())
        .containsEntry("tier", "silver")
        .containsEntry("other", 1)
        .doesNotContainKey("points");
    assertThat(golden.lineage().get("attributes.tier").rule()).isEqualTo("recent");
    assertThat(golden.lineage()).doesNotContainKey("attributes.points");
  }

  @Test
  void aCriterionOfTheDefaultThatDoesNotSuitAnAttributeIsPassedOver() {
    var yaml = "default: {by: [verified, priority], spokes: [erp]}";
    assertThat(
            language(
                yaml, new Sources("erp", 0).language("cy"), new Sources("crm", 9).language("en")))
        .isEqualTo("cy");
  }
}
