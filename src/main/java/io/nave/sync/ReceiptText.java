package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.consent.Purpose;
import io.nave.consent.Purposes;
import io.nave.consent.Recorded;
import io.nave.consent.VerifyLedger;
import io.nave.consent.VerifyReceipt;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a receipt says: the structure of ISO/IEC TS 27560:2023 in the words of the W3C's Data
 * Privacy Vocabulary, as JSON-LD. What is not known is left out.
 */
final class ReceiptText {
  private static final String SCHEMA = "https://w3id.org/dpv/schema/dpv-27560#";
  private static final Map<String, String> BASES =
      Map.of(
          "consent", "eu-gdpr:A6-1-a",
          "contract", "eu-gdpr:A6-1-b",
          "legal-obligation", "eu-gdpr:A6-1-c",
          "vital-interests", "eu-gdpr:A6-1-d",
          "public-task", "eu-gdpr:A6-1-e",
          "legitimate-interest", "eu-gdpr:A6-1-f");
  private static final Map<String, String> DATA =
      Map.of(
          "email", "pd:EmailAddress",
          "sms", "pd:TelephoneNumber",
          "phone", "pd:TelephoneNumber",
          "messaging", "pd:TelephoneNumber",
          "post", "pd:PhysicalAddress");

  private final Purposes purposes;

  ReceiptText(Purposes purposes) {
    this.purposes = purposes;
  }

  ObjectNode of(UUID customer, Recorded recorded, VerifyLedger.Head place, Instant now) {
    var entry = recorded.entry();
    var name = "urn:nave:consent:" + place.hash();
    var receipt = JsonNodeFactory.instance.objectNode();
    addContext(receipt.putObject("@context"));
    receipt.put("@id", name + ":receipt").put("@type", "dpv:ConsentReceipt");
    receipt.put("dct:identifier", "receipt-" + entry.id());
    receipt.put("dct:conformsTo", SCHEMA + "receipt-record");
    receipt.put("dct:created", now.toString()).put("schema:recipient", "dpv:DataSubject");
    purposes
        .controller(entry.consent().brand())
        .ifPresent(controller -> receipt.put("dct:publisher", controller.name()));
    var record = receipt.putObject("dpv:hasRecordOfActivity");
    record.put("@id", name).put("@type", "dpv:ConsentRecord");
    record.put("dct:identifier", Long.toString(entry.id()));
    record.put("dct:conformsTo", SCHEMA + "record");
    record.put("dct:created", entry.recordedAt().toString());
    record
        .putObject("dpv:hasDataSubject")
        .put("@id", "urn:uuid:" + customer)
        .put("@type", "dpv:DataSubject");
    addController(record, entry.consent());
    addPurpose(record, recorded);
    addConsent(record, recorded);
    var ledger = receipt.putObject(VerifyReceipt.LEDGER);
    ledger.put("entry", entry.id()).put("seq", place.seq()).put("hash", place.hash());
    ledger.put("spoke", entry.key().spoke()).put("recordId", entry.key().recordId());
    return receipt;
  }

  private static void addContext(ObjectNode context) {
    context.put("dpv", "https://w3id.org/dpv#").put("pd", "https://w3id.org/dpv/pd#");
    context.put("eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#");
    context.put("loc", "https://w3id.org/dpv/loc#").put("dct", "http://purl.org/dc/terms/");
    context.put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    context.put("schema", "https://schema.org/").put("nave", "urn:nave:");
  }

  private void addController(ObjectNode record, Consent consent) {
    var found = purposes.controller(consent.brand()).orElse(null);
    if (found == null) {
      return;
    }
    var controller = record.putObject("dpv:hasDataController");
    controller.put("@type", "dpv:DataController").put("dpv:hasName", found.name());
    controller.put("dpv:hasAddress", found.address()).put("dpv:hasContact", found.email());
    put(controller, "schema:url", found.url());
    record.putArray("dpv:hasJurisdiction").add("loc:" + found.country());
  }

  private void addPurpose(ObjectNode record, Recorded recorded) {
    var consent = recorded.entry().consent();
    var purpose = purposes.purpose(consent.purpose()).orElse(null);
    var basis =
        consent.legalBasis() == null && purpose != null
            ? purpose.legalBasis()
            : consent.legalBasis();
    put(record, "dpv:hasLegalBasis", basis == null ? null : BASES.get(basis));
    var process = record.putObject("dpv:hasProcess").put("@type", "dpv:Process");
    process.put("dpv:hasPurpose", "dpv:" + (purpose == null ? "Purpose" : purpose.dpv()));
    var data = DATA.get(consent.channel());
    if (data != null) {
      var personal = process.putObject("dpv:hasPersonalData").put("@type", data);
      put(personal, "rdf:value", consent.boundTo());
    }
    process.put("nave:purpose", consent.purpose()).put("nave:channel", consent.channel());
    put(process, "nave:topic", consent.topic());
    put(process, "nave:brand", consent.brand());
    if (purpose != null && consent.state() == Consent.State.granted) {
      put(record, "dpv:hasDuration", purpose.grantLasts());
    }
    addNotice(record, purpose, recorded);
  }

  private static void addNotice(ObjectNode record, Purpose purpose, Recorded recorded) {
    var version = recorded.notice();
    var evidence = recorded.evidence() == null ? null : CanonicalJson.parse(recorded.evidence());
    var shown = evidence == null ? null : evidence.path("wording").textValue();
    if (version == null && shown == null) {
      return;
    }
    var notice = record.putObject("dpv:hasNotice").put("@type", "dpv:ConsentNotice");
    put(notice, "dct:hasVersion", version);
    put(notice, "dct:language", recorded.language());
    var known = purpose == null || version == null ? null : purpose.notice(version).orElse(null);
    var wording =
        shown == null && known != null && recorded.language() != null
            ? known.wording().get(recorded.language())
            : shown;
    put(notice, "dct:description", wording);
    put(notice, "schema:url", known == null ? null : known.url());
  }

  private static void addConsent(ObjectNode record, Recorded recorded) {
    var consent = recorded.entry().consent();
    record.put("dpv:hasConsentStatus", status(consent.state()));
    put(record, "dpv:isIndicatedAtTime", consent.decidedAt());
    var actor = consent.evidence().get("actor");
    put(record, "dpv:isIndicatedBy", "customer".equals(actor) ? "dpv:DataSubject" : actor);
    put(record, "dpv:hasIndicationMethod", recorded.method());
  }

  private static String status(Consent.State state) {
    return switch (state) {
      case granted -> "dpv:ConsentGiven";
      case denied -> "dpv:ConsentRefused";
      case withdrawn -> "dpv:ConsentWithdrawn";
      case pending -> "dpv:ConsentRequested";
      case expired -> "dpv:ConsentExpired";
    };
  }

  private static void put(ObjectNode node, String name, Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }
}
