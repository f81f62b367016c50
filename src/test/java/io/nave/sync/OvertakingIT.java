package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.phone;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent ahead of what waits, and comes again in its turn. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class OvertakingIT {
  private static final String OLD = "+447700900001";
  private static final String NEW = "+447700900002";

  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  private final Say say = new Say();

  @BeforeEach
  void empty() {
    tables.empty();
  }

  private static String esp(String at, String number) {
    return snapshot("esp", "7", at, name("Nia", "Rees") + mail("nia@x.example") + phone(number));
  }

  private static String stop(String at, String number) {
    return Say.consent(esp(at, number), "marketing", "email", "withdrawn", at);
  }

  private void inTurn(String observation) {
    reconcile.reconcile(say.logged(observation));
  }

  private void ahead(String observation) {
    var one = say.numbered(1, List.of(observation)).get(0);
    var overtaking =
        new Logged(
            one.topicId(),
            one.partition(),
            one.offset(),
            one.receivedAt(),
            one.origin(),
            one.value(),
            true);
    reconcile.reconcile(List.of(overtaking));
  }

  private String number() {
    return tables.text(
        "select content#>>'{phones,0,value}' from source_record where spoke = 'esp'");
  }

  private long stops() {
    return tables.number("select count(*) from consent_entry where state = 'withdrawn'");
  }

  @Test
  void whatOvertakesTellsAKnownRecordOfConsentOnly() {
    inTurn(esp("2026-01-01T00:00:00Z", OLD));
    ahead(stop("2026-01-03T00:00:00Z", OLD));
    assertThat(stops()).isEqualTo(1);
    inTurn(esp("2026-01-02T00:00:00Z", NEW));
    assertThat(number()).as("what was said before it still counts").isEqualTo(NEW);
    inTurn(stop("2026-01-03T00:00:00Z", OLD));
    assertThat(number()).isEqualTo(OLD);
    assertThat(stops()).isEqualTo(1);
    assertThat(tables.number("select n from tally where spoke = 'esp' and name = 'observed'"))
        .as("counted once")
        .isEqualTo(3);
  }

  @Test
  void whatOvertakesIsAllThatIsKnownOfANewRecord() {
    ahead(stop("2026-01-03T00:00:00Z", OLD));
    assertThat(number()).isEqualTo(OLD);
    assertThat(stops()).isEqualTo(1);
    inTurn(esp("2026-01-02T00:00:00Z", NEW));
    inTurn(stop("2026-01-03T00:00:00Z", OLD));
    assertThat(number()).isEqualTo(OLD);
    assertThat(stops()).isEqualTo(1);
  }
}
