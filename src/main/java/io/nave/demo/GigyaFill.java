package io.nave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Accounts by {@code accounts.importFullAccount}, which lets the caller choose the UID. */
final class GigyaFill implements SpokeFill {
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> settings;
  private final VendorHttp http;

  GigyaFill(Map<String, String> settings) {
    this.settings = settings;
    this.http = new VendorHttp("gigya", settings.get("url"));
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public int inFlight() {
    return 8;
  }

  @Override
  public void open() {
    // every call carries the keys
  }

  @Override
  public List<String> create(List<SpokeRecord> records) throws InterruptedException {
    var answer = call("accounts.importFullAccount", form(records.get(0)));
    return List.of(answer.path("UID").asText());
  }

  @Override
  public Facts read(String recordId) throws InterruptedException {
    var form = form(recordId);
    form.put("include", "profile,subscriptions");
    form.put("extraProfileFields", "phones,address");
    var account = call("accounts.getAccountInfo", form);
    var newsletter = account.path("subscriptions").path("newsletter").path("email");
    var mobile = "";
    for (var phone : account.path("profile").path("phones")) {
      if (mobile.isEmpty() && "mobile".equals(phone.path("type").asText())) {
        mobile = phone.path("number").asText();
      }
    }
    return Facts.of(
        !newsletter.path("isSubscribed").asBoolean(),
        mobile,
        account.path("profile").path("city").asText(""));
  }

  /** As the customer does on the "my account" page. */
  void setHome(String recordId, Home home) throws InterruptedException {
    var profile = json.createObjectNode();
    profile.put("address", home.street()).put("city", home.town());
    profile.put("zip", home.postcode()).put("country", "GB");
    var form = form(recordId);
    form.put("profile", profile.toString());
    call("accounts.setAccountInfo", form);
  }

  /** As the customer does on the "my account" page. */
  void unsubscribe(String recordId) throws InterruptedException {
    var form = form(recordId);
    form.put("subscriptions", "{\"newsletter\":{\"email\":{\"isSubscribed\":false}}}");
    call("accounts.setAccountInfo", form);
  }

  private JsonNode call(String method, Map<String, String> form) throws InterruptedException {
    var request =
        http.request("/" + method)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(VendorHttp.form(form)));
    var answer = Answers.json(http.send(request.build()));
    if (answer.path("errorCode").asInt(-1) != 0) {
      throw http.refusal(answer.toString());
    }
    return answer;
  }

  private Map<String, String> form(String uid) {
    var form = new LinkedHashMap<String, String>();
    form.put("apiKey", settings.get("api-key"));
    form.put("userKey", settings.get("user-key"));
    form.put("secret", settings.get("secret"));
    form.put("UID", uid);
    return form;
  }

  private Map<String, String> form(SpokeRecord record) {
    var form = form(uid(record));
    form.put("importPolicy", "insert");
    form.put("isActive", "true");
    form.put("profile", profile(record).toString());
    if (record.marketing() != null) {
      form.put(
          "subscriptions",
          "{\"newsletter\":{\"email\":{\"isSubscribed\":" + record.marketing() + "}}}");
    }
    return form;
  }

  private static String uid(SpokeRecord record) {
    var seed = record.email() + " " + record.index();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private ObjectNode profile(SpokeRecord record) {
    var profile = json.createObjectNode();
    profile.put("firstName", record.given()).put("lastName", record.family());
    profile.put("email", record.email());
    if (record.gender() != null) {
      profile.put("gender", record.gender().substring(0, 1));
    }
    if (record.language() != null) {
      profile.put("locale", record.language());
    }
    if (record.birthDate() != null) {
      profile.put("birthYear", record.birthDate().getYear());
      profile.put("birthMonth", record.birthDate().getMonthValue());
      profile.put("birthDay", record.birthDate().getDayOfMonth());
    }
    if (record.mobile() != null) {
      profile.putArray("phones").addObject().put("type", "mobile").put("number", record.mobile());
    }
    if (record.home() != null) {
      profile.put("address", record.home().street()).put("city", record.home().town());
      profile.put("zip", record.home().postcode()).put("country", "GB");
    }
    return profile;
  }
}
