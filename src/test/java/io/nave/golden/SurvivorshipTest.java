package io.nave.golden;

import static io.nave.golden.Sources.survivorship;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Email;
import io.nave.canonical.Phone;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurvivorshipTest {
  private static final String PRIORITY =
      """
      trust: [ciam, crm]
      default: {by: priority}
      """;

  @Test
  void takesTheMostRecentValueAndSaysWhoseItIs() {
    Golden golden =
        survivorship("default: {by: recent}")
            .survive(
                List.of(
                    new Sources("crm", 10).name("Jane", "Smith").language("en").done(),
                    new Sources("erp", 20).name("Jane", "Brown").done()));
    assertThat(golden.customer().name().family()).isEqualTo("Brown");
    assertThat(golden.customer().language()).isEqualTo("en");
    assertThat(golden.lineage().get("name"))
        .isEqualTo(new Lineage("erp", "erp-1", Sources.time(20), "recent"));
    assertThat(golden.lineage().get("language").rule()).isEqualTo("only");
  }

  @Test
  void looksAtTheTimeOfTheAttributeNotOfTheRecord() {
    Golden golden =
        survivorship("default: {by: recent}")
            .survive(
                List.of(
                    new Sources("crm", 99).name("Old", "Name").changed("name", 10).done(),
                    new Sources("erp", 20).name("New", "Name").done()));
    assertThat(golden.customer().name().given()).isEqualTo("New");
  }

  @Test
  void takesTheMostTrustedSpokesValue() {
    Golden golden =
        survivorship(PRIORITY)
            .survive(
                List.of(
                    new Sources("zzz", 99).name("Zed", "Zed").done(),
                    new Sources("crm", 20).name("Jane", "Crm").done(),
                    new Sources("ciam", 10).name("Jane", "Ciam").done()));
    assertThat(golden.customer().name().family()).isEqualTo("Ciam");
  }

  @Test
  void neverLetsAMissingValueWin() {
    Golden golden =
        survivorship(PRIORITY)
            .survive(
                List.of(
                    new Sources("ciam", 99).name(" ", null).attribute("shop", "").done(),
                    new Sources("crm", 20).name("Jane", "Crm").attribute("shop", "York").done()));
    assertThat(golden.customer().name().family()).isEqualTo("Crm");
    assertThat(golden.customer().attributes()).containsEntry("shop", "York");
    assertThat(golden.lineage()).containsKey("attributes.shop");
  }

  @Test
  void unitesListsWithTheBestStatementsPrimaryFirst() {
    Golden golden =
        survivorship(PRIORITY)
            .survive(
                List.of(
                    new Sources("crm", 30).email("crm@x.org", true).email("A@x.org", null).done(),
                    new Sources("ciam", 10).email("b@x.org", false).email("a@x.org", true).done()));
    assertThat(golden.customer().emails())
        .extracting(Email::value)
        .containsExactly("a@x.org", "b@x.org", "crm@x.org");
    assertThat(golden.customer().emails())
        .extracting(Email::primary)
        .containsExactly(true, false, false);
    assertThat(golden.lineage().get("emails[2]").spoke()).isEqualTo("crm");
    assertThat(golden.lineage()).hasSize(3);
  }

  @Test
  void leavesASingleSpokesListAsItIs() {
    Statement only = new Sources("crm", 30).email("b@x.org", false).email("a@x.org", true).done();
    assertThat(survivorship(PRIORITY).survive(List.of(only)).customer().emails())
        .isEqualTo(only.customer().emails());
  }

  @Test
  void keepsAsManyElementsAsConfigured() {
    Golden golden =
        survivorship("attributes: {emails: {keep: 1}}")
            .survive(
                List.of(
                    new Sources("crm", 1).email("a@x.org", null).done(),
                    new Sources("erp", 2).email("b@x.org", null).done()));
    assertThat(golden.customer().emails()).extracting(Email::value).containsExactly("b@x.org");
  }

  @Test
  void putsTheNewestPhoneOfATypeFirstEvenOfALessTrustedSpoke() {
    Golden golden =
        survivorship(PRIORITY)
            .survive(
                List.of(
                    new Sources("ciam", 10).phone("+441", "mobile").phone("+442", "home").done(),
                    new Sources("crm", 20).phone("+443", "mobile").done()));
    assertThat(golden.customer().phones())
        .extracting(Phone::value)
        .containsExactly("+443", "+442", "+441");
    assertThat(golden.lineage().get("phones[0]").spoke()).isEqualTo("crm");
  }

  @Test
  void leavesDeletedRecordsOutUnlessAllAreDeleted() {
    Statement gone = new Sources("ciam", 99).name("Gone", "Gone").deleted().done();
    Statement here = new Sources("crm", 1).name("Jane", "Smith").done();
    Survivorship survivorship = survivorship(PRIORITY);
    assertThat(survivorship.survive(List.of(gone, here)).customer().name().given())
        .isEqualTo("Jane");
    assertThat(survivorship.survive(List.of(gone)).customer().name().given()).isEqualTo("Gone");
    assertThat(survivorship.survive(List.of()).lineage()).isEmpty();
  }

  @Test
  void readsTheShippedConfiguration() {
    SurvivorshipConfig config = SurvivorshipConfig.read(Path.of("config", "survivorship.yaml"));
    assertThat(config.strategy("emails").keep()).isEqualTo(10);
    assertThat(config.strategy("birthDate").by()).containsExactly(Criterion.priority);
    assertThat(config.strategy("attributes.x").by()).containsExactly(Criterion.recent);
  }
}
