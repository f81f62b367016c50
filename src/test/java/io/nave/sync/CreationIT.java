package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Records that the hub creates in a spoke. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class CreationIT extends CourierSetting {
  @Test
  void aCreationIsUrgentOnlyWhileItIsUnderWay() {
    loaded = false;
    observeStop(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    assertThat(tables.text("select urgent::text from delivery")).isEqualTo("false");
    var claim = "update delivery set claimed_until = now() returning 'claimed'";
    assertThat(tables.text(claim)).isEqualTo("claimed");
    observeStop(crm("2026-01-02T00:00:00Z", "Niamh", "nia@x.example"));
    assertThat(tables.text("select urgent::text from delivery")).isEqualTo("true");
  }

  @Test
  void aCreatedRecordBelongsToItsCustomerWhateverItSaysLater() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    assertThat(esp.parcels.get(0).operation()).isEqualTo("create");
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    var other = name("Somebody", "Else") + mail("else@x.example");
    observe(snapshot("esp", "new-1", "2026-01-03T00:00:00Z", other));
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
  }

  @Test
  void aCreationThatEndsInTheRecordOfAnotherCustomerIsGivenBack() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.reads = true;
    esp.taking = "new-1";
    observe(somebody(2));
    awaitSent(3);
    awaitState("not-held delivered");
    assertThat(esp.parcels.get(1).operation()).isEqualTo("create");
    assertThat(esp.parcels.get(2).recordId()).isEqualTo("new-1");
    assertThat(sent(2)).contains("nia@x.example");
    assertThat(esp.parcels.get(2).before().toString()).contains("huw2@x.example");
    assertThat(tables.partition()).containsExactlyInAnyOrder("crm:1 esp:new-1", "crm:2");
  }

  @Test
  void nothingIsCreatedWhereAnotherCustomersRecordHasTheAddressAndTheSystemKnowsNoTwo() {
    esp.uniqueEmails = true;
    var huw = name("Huw", "Prys") + mail("home@x.example");
    observe(snapshot("esp", "own-1", "2026-01-01T00:00:00Z", huw));
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered unchanged");
    observe(
        snapshot(
            "crm", "2", "2026-01-01T00:00:00Z", name("Mair", "Owen") + mail("Home@x.example")));
    observe(
        snapshot("crm", "3", "2026-01-01T00:00:00Z", name("Sion", "Rees") + mail("nia@x.example")));
    observe(somebody(4));
    awaitState("not-held not-held delivered delivered unchanged");
    assertThat(tables.partition())
        .containsExactlyInAnyOrder(
            "crm:1 esp:new-1", "crm:2", "crm:3", "crm:4 esp:new-2", "esp:own-1");
    assertThat(esp.parcels).hasSize(2);
    assertThat(tables.text("select string_agg(error, ', ' order by error) from delivery"))
        .isEqualTo("record new-1 is another customer's, record own-1 is another customer's");
  }

  @Test
  void aCreationThatEndsInARecordThatSomebodyElseAlwaysHadIsGivenBack() {
    esp.reads = true;
    esp.taking = "own-1";
    var huw = name("Huw", "Prys") + mail("huw@x.example");
    observe(snapshot("esp", "own-1", "2026-01-01T00:00:00Z", huw));
    awaitState("unchanged");
    tables.run("update source_record set linked_at = '2026-01-01'"); // not by the test's clock
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(2);
    awaitState("not-held delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("own-1");
    assertThat(sent(1)).contains("huw@x.example");
    assertThat(esp.parcels.get(1).before().toString()).contains("nia@x.example");
    assertThat(tables.partition()).containsExactlyInAnyOrder("crm:1", "esp:own-1");
  }

  @Test
  void aReportThatComesBeforeTheAnswerOfItsCreationIsKnownAgain() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(
        FakeSpoke.report("new-1", "2026-01-02T00:00:00Z", esp.parcels.get(0).record()).toString());
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    esp.gate.complete(null);
    awaitState("unchanged"); // its customer has one more record, and was noticed anew
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
    observe(crm("2026-01-03T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
  }

  @Test
  void aChangeDuringACreationIsDeliveredToTheCreatedRecord() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    esp.gate.complete(null);
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels).extracting(Spoke.Parcel::operation).containsExactly("create", "update");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
  }

  @Test
  void aChangeAfterTheReportOfACreationAndBeforeItsAnswerIsDelivered() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(
        FakeSpoke.report("new-1", "2026-01-01T00:00:01Z", esp.parcels.get(0).record()).toString());
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    esp.gate.complete(null);
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
    assertThat(sent(1)).contains("second@x.example");
    assertThat(tables.text("select (d.wanted = c.version)::text from delivery d, customer c"))
        .isEqualTo("true");
  }
}
