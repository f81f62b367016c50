package io.nave.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Contacts, 200 to a call of {@code composite/sobjects}. */
final class SalesforceFill implements SpokeFill {
  private static final String CONTACT = "/services/data/v60.0/sobjects/Contact/";
  private static final String COLLECTION = "/services/data/v60.0/composite/sobjects";

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> settings;
  private final VendorHttp http;
  private volatile String token;

  SalesforceFill(Map<String, String> settings) {
    this.settings = settings;
    this.http = new VendorHttp("salesforce", settings.get("url"));
  }

  @Override
  public int batch() {
    return 200;
  }

  @Override
  public int inFlight() {
    return 2;
  }

  @Override
  public void open() throws InterruptedException {
    var form =
        VendorHttp.form(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", settings.get("client-id"),
                "client_secret", settings.get("client-secret")));
    var request =
        http.request("/services/oauth2/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    token = Answers.json(http.send(request.build())).path("access_token").asText();
  }

  @Override
  public List<String> create(List<SpokeRecord> records) throws InterruptedException {
    var body = json.createObjectNode().put("allOrNone", false);
    var list = body.putArray("records");
    records.forEach(record -> contact(list.addObject(), record));
    var request =
        http.request(COLLECTION)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text(body)));
    var ids = new ArrayList<String>();
    for (var result : Answers.json(http.send(request.build()))) {
      if (!result.path("success").asBoolean()) {
        throw http.refusal(result.path("errors").toString());
      }
      ids.add(result.path("id").asText());
    }
    return ids;
  }

  @Override
  public Facts read(String recordId) throws InterruptedException {
    var path = CONTACT + recordId + "?fields=HasOptedOutOfEmail,MobilePhone,MailingCity";
    var request = http.request(path).header("Authorization", "Bearer " + token).GET();
    var contact = Answers.json(http.send(request.build()));
    return Facts.of(
        contact.path("HasOptedOutOfEmail").asBoolean(),
        contact.path("MobilePhone").asText(""),
        contact.path("MailingCity").asText(""));
  }

  /** As a sales representative does in the contact's page. */
  void setMobile(String recordId, String number) throws InterruptedException {
    patch(recordId, json.createObjectNode().put("MobilePhone", number));
  }

  /** As a sales representative does who was told so on the phone. */
  void unsubscribe(String recordId) throws InterruptedException {
    patch(recordId, json.createObjectNode().put("HasOptedOutOfEmail", true));
  }

  private void patch(String recordId, ObjectNode fields) throws InterruptedException {
    var request =
        http.request(CONTACT + recordId)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(text(fields)));
    http.send(request.build());
  }

  private static void contact(ObjectNode contact, SpokeRecord record) {
    contact.putObject("attributes").put("type", "Contact");
    contact.put("FirstName", record.given()).put("LastName", record.family());
    contact.put("Email", record.email()).put("MobilePhone", record.mobile());
    contact.put("HomePhone", record.landline());
    contact.put("Birthdate", record.birthDate() == null ? null : record.birthDate().toString());
    if (record.gender() != null) {
      contact.put("GenderIdentity", record.gender().equals("female") ? "Female" : "Male");
    }
    if (record.home() != null) {
      contact.put("MailingStreet", record.home().street());
      contact.put("MailingCity", record.home().town());
      contact.put("MailingPostalCode", record.home().postcode());
      contact.put("MailingCountry", "United Kingdom");
    }
    contact.put("HasOptedOutOfEmail", Boolean.FALSE.equals(record.marketing()));
  }

  private String text(ObjectNode body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
