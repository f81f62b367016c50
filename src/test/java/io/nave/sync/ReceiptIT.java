package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.consent.Jws;
import io.nave.consent.SigningKeys;
import io.nave.consent.VerifyReceipt;
import io.nave.sync.ConsentReceipts.Erased;
import io.nave.sync.ConsentReceipts.NotYet;
import io.nave.sync.ConsentReceipts.Receipt;
import io.nave.sync.ConsentReceipts.Unknown;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receipts: what they say, and what is found out of those that are not what they say. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class ReceiptIT {
  @Inject ConsentReceipts receipts;
  @Inject Reconcile reconcile;
  @Inject SealLedger sealLedger;
  @Inject EraseConsents erase;
  @Inject Merge merge;
  @Inject SigningKeys keys;
  @Inject Homes homes;
  @Inject HubTables tables;
  @Inject DataSource database;

  @BeforeEach
  void threeEntries() {
    tables.empty();
    var say = new Say();
    for (int i = 1; i <= 3; i++) {
      var said =
          Say.snapshot(
              "crm", "" + i, "2026-04-01T00:00:00Z", name("Nia", "R" + i) + mail(i + "@r.example"));
      var consent =
          """
          ,"consents":[{"purpose":"marketing","channel":"email","topic":"offers","state":"granted",
          "decidedAt":"2026-05-03T10:00:00Z","evidence":{"actor":"customer","method":"web form",
          "notice":"marketing-1","language":"cy","wording":"Ie, anfonwch"}}]}
          """;
      reconcile.reconcile(say.logged(said.substring(0, said.length() - 1) + consent));
    }
  }

  private long entry(String record) {
    return tables.number("select id from consent_entry where record_id = '" + record + "'");
  }

  private ConsentReceipts.Answer ask(String record) {
    return receipts.of(homes.customerOf("crm:" + record), entry(record));
  }

  private Receipt receipt(String record) {
    sealLedger.seal();
    return (Receipt) ask(record);
  }

  private String found(String jws) {
    try (var connection = database.getConnection()) {
      var report = VerifyReceipt.run(connection, jws);
      return (report.good() ? "good" : "bad") + " " + report.what();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void saysWhatWasDecidedHowAndWhere() {
    var content = receipt("2").receipt();
    assertThat(content.path("@type").asText()).isEqualTo("dpv:ConsentReceipt");
    assertThat(content.path("dct:conformsTo").asText()).contains("dpv-27560#receipt");
    var record = content.path("dpv:hasRecordOfActivity");
    assertThat(record.path("dpv:hasDataSubject").path("@id").asText())
        .isEqualTo("urn:uuid:" + homes.customerOf("crm:2"));
    assertThat(record.path("dpv:hasDataController").path("dpv:hasName").asText()).isNotBlank();
    assertThat(record.path("dpv:hasLegalBasis").asText()).isEqualTo("eu-gdpr:A6-1-a");
    assertThat(record.path("dpv:hasConsentStatus").asText()).isEqualTo("dpv:ConsentGiven");
    assertThat(record.path("dpv:isIndicatedAtTime").asText()).isEqualTo("2026-05-03T10:00:00Z");
    assertThat(record.path("dpv:isIndicatedBy").asText()).isEqualTo("dpv:DataSubject");
    assertThat(record.path("dpv:hasIndicationMethod").asText()).isEqualTo("web form");
    var process = record.path("dpv:hasProcess");
    assertThat(process.path("dpv:hasPurpose").asText()).isEqualTo("dpv:DirectMarketing");
    assertThat(process.path("dpv:hasPersonalData").path("@type").asText())
        .isEqualTo("pd:EmailAddress");
    assertThat(process.path("nave:topic").asText()).isEqualTo("offers");
    JsonNode notice = record.path("dpv:hasNotice");
    assertThat(notice.path("dct:hasVersion").asText()).isEqualTo("marketing-1");
    assertThat(notice.path("dct:language").asText()).isEqualTo("cy");
    assertThat(notice.path("dct:description").asText()).isEqualTo("Ie, anfonwch");
    assertThat(content.path("nave:ledger").path("seq").asLong()).isEqualTo(2);
    assertThat(content.path("nave:ledger").path("hash").asText())
        .isEqualTo(tables.text("select encode(hash, 'hex') from consent_seal where seq = 2"));
  }

  @Test
  void isSignedWithAPublishedKeyAndStandsInTheChain() {
    var receipt = receipt("1");
    var signed = Jws.verified(receipt.jws(), keys.published(SigningKeys.RECEIPT)).orElseThrow();
    assertThat(signed.toString()).isEqualTo(receipt.receipt().toString());
    assertThat(found(receipt.jws()))
        .isEqualTo("good entry " + entry("1") + ": signed by this hub, and in the chain");
    assertThat(found(receipt("3").jws())).startsWith("good ");
  }

  @Test
  void isGivenToNobodyElseNorBeforeItIsChained() {
    assertThat(ask("1")).isInstanceOf(NotYet.class);
    sealLedger.seal();
    assertThat(receipts.of(homes.customerOf("crm:1"), entry("2"))).isInstanceOf(Unknown.class);
    assertThat(receipts.of(homes.customerOf("crm:1"), 0)).isInstanceOf(Unknown.class);
    assertThat(receipts.of(new UUID(1, 1), entry("1"))).isInstanceOf(Unknown.class);
    var one = homes.customerOf("crm:1");
    var two = homes.customerOf("crm:2");
    merge.merge(one, two, "same", "gwen");
    assertThat(receipts.of(two, entry("1"))).isInstanceOf(Receipt.class);
  }

  @Test
  void isNotGivenForWhatWasErasedWhileOldOnesStayGood() {
    var before = receipt("1");
    erase.erase(homes.customerOf("crm:1"), "request 17", "dpo");
    assertThat(ask("1")).isInstanceOf(Erased.class);
    assertThat(found(before.jws())).startsWith("good ");
  }

  @Test
  void aForgedOrAlteredReceiptIsFound() throws NoSuchAlgorithmException {
    var jws = receipt("1").jws();
    var parts = jws.split("\\.");
    var other = receipt("2").jws().split("\\.");
    var forged =
        Jws.sign(
            new SigningKeys.Signing(
                keys.signing(SigningKeys.RECEIPT).id(),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair()),
            "{}");
    for (var wrong :
        List.of(
            parts[0] + "." + other[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + other[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            forged,
            "a.b.c",
            "",
            "{")) {
      assertThat(found(wrong)).isEqualTo("bad receipt: not signed by this hub, or altered since");
    }
  }

  @Test
  void aReceiptFindsOutThatItsEntryWasAlteredDeletedOrChainedAnew() {
    var jws = receipt("2").jws();
    long id = entry("2");
    tables.inSpiteOfTheLedger("update consent_entry set state = 'denied' where id = " + id);
    assertThat(found(jws)).isEqualTo("bad entry " + id + ": was altered since");
    tables.inSpiteOfTheLedger(
        "truncate consent_seal; insert into consent_unsealed select id from consent_entry");
    tables.run("truncate consent_checkpoint");
    sealLedger.seal();
    assertThat(found(jws)).isEqualTo("bad entry " + id + ": the chain does not have it so");
    var anew = receipt("2").jws();
    tables.inSpiteOfTheLedger("delete from consent_entry where id = " + id);
    assertThat(found(anew)).isEqualTo("bad entry " + id + ": was deleted");
  }
}
