package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.connectors.Changes;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Set;

/**
 * Writes partners. A new one carries the hub's customer id as an identification of type {@code
 * NAVE}, by which a repeated creation finds it again. An update sends only what differs between
 * {@code before} and {@code record}, each entity under its own ETag; where an ETag is stale the
 * partner is read again, once. Nothing is ever deleted but addresses, e-mails and numbers that the
 * hub knew.
 */
@Named("s4hanaSink")
@ApplicationScoped
public class S4HanaSink {
  static final String IDENTIFICATION = "NAVE";
  private static final Set<String> FIXED = Set.of("BusinessPartner", "BusinessPartnerCategory");
  private static final String ADDRESSES = "to_BusinessPartnerAddress";

  private final PartnerApi api;
  private final SpokeSettings settings;

  S4HanaSink(PartnerApi api, SpokeSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * Carries out a delivery (see docs/connectors.md).
   *
   * @return what a sink Kamelet leaves: {@code recordId}, or what was read
   */
  public Map<String, Object> write(String spoke, Map<String, Object> delivery) {
    JsonNode body = PartnerJson.JSON.valueToTree(delivery);
    if (body.path("operation").asText().equals("read")) {
      return Changes.found(find(spoke, body.path("recordId").asText()));
    }
    String number =
        switch (body.path("operation").asText()) {
          case "create" -> create(spoke, body);
          case "update" -> update(spoke, body.path("recordId").asText(), body);
          case "delete" -> archive(spoke, body.path("recordId").asText());
          default ->
              throw new IllegalArgumentException(
                  "operation: "
                      + body.path("operation")
                      + " (expected: create, update, delete, read)");
        };
    return Map.of("recordId", number);
  }

  private String create(String spoke, JsonNode body) {
    String known = known(spoke, body.path("customerId").asText());
    return known == null ? insert(spoke, body) : update(spoke, known, body);
  }

  /** The partner that was created for this customer before, or null. */
  private String known(String spoke, String customer) {
    String filter =
        "BPIdentificationType eq "
            + PartnerApi.literal(IDENTIFICATION)
            + " and BPIdentificationNumber eq "
            + PartnerApi.literal(customer);
    String query = PartnerApi.query("$filter", filter, "$top", "1");
    JsonNode found = api.get(spoke, "A_BuPaIdentification" + query).at("/results/0");
    return found.isMissingNode() ? null : found.path("BusinessPartner").asText();
  }

  private String insert(String spoke, JsonNode body) {
    JsonNode record = body.path("record");
    ObjectNode partner = PartnerJson.properties(record);
    String grouping = settings.get(spoke, "grouping");
    if (!grouping.isEmpty()) {
      partner.put("BusinessPartnerGrouping", grouping);
    }
    partner
        .putObject("to_BuPaIdentification")
        .putArray("results")
        .addObject()
        .put("BPIdentificationType", IDENTIFICATION)
        .put("BPIdentificationNumber", body.path("customerId").asText());
    for (JsonNode address : record.path(ADDRESSES)) {
      partner
          .withObjectProperty(ADDRESSES)
          .withArrayProperty("results")
          .add(PartnerWrite.insertion(address, settings.get(spoke, "country")));
    }
    return api.post(spoke, "A_BusinessPartner", partner).path("BusinessPartner").asText();
  }

  private String update(String spoke, String number, JsonNode body) {
    JsonNode before = body.path("before");
    JsonNode record = body.path("record");
    if (before.equals(record)) {
      return number;
    }
    freshAfterStale(() -> change(spoke, number, before, record));
    return number;
  }

  private void change(String spoke, String number, JsonNode before, JsonNode record) {
    JsonNode current = read(spoke, number);
    JsonNode held = before.isObject() ? before : MissingNode.getInstance();
    ObjectNode wanted = PartnerJson.properties(record);
    ObjectNode changes = PartnerJson.difference(PartnerJson.properties(held), wanted).remove(FIXED);
    changes.properties().removeIf(field -> field.getValue().equals(current.get(field.getKey())));
    if (!changes.isEmpty()) {
      api.patch(spoke, PartnerApi.partner(number), changes, PartnerWrite.etag(current));
    }
    if (!record.path(ADDRESSES).equals(held.path(ADDRESSES))) {
      String country = settings.get(spoke, "country");
      new PartnerWrite(api, spoke, number, country)
          .bring(
              current.path(ADDRESSES).path("results"),
              held.path(ADDRESSES),
              record.path(ADDRESSES));
    }
  }

  private String archive(String spoke, String number) {
    ObjectNode mark = PartnerJson.JSON.createObjectNode().put("IsMarkedForArchiving", true);
    freshAfterStale(
        () -> {
          JsonNode current = read(spoke, number);
          api.patch(spoke, PartnerApi.partner(number), mark, PartnerWrite.etag(current));
        });
    return number;
  }

  private JsonNode read(String spoke, String number) {
    String query = PartnerApi.query("$expand", S4HanaSource.EXPAND);
    return api.get(spoke, PartnerApi.partner(number) + query);
  }

  /** A partner that is marked for archiving counts as gone, as it does when changes come in. */
  private Map<String, Object> find(String spoke, String number) {
    String query = PartnerApi.query("$expand", S4HanaSource.EXPAND);
    JsonNode found = api.find(spoke, PartnerApi.partner(number) + query);
    boolean gone = found.isMissingNode() || found.path("IsMarkedForArchiving").asBoolean();
    return gone ? null : PartnerJson.plain(found);
  }

  private static void freshAfterStale(Runnable step) {
    try {
      step.run();
    } catch (VendorError e) {
      if (!e.code().startsWith("HTTP 412")) {
        throw e;
      }
      step.run();
    }
  }
}
