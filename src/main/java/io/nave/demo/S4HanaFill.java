package io.nave.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Business partners by deep insert, with the session's CSRF token. */
final class S4HanaFill implements SpokeFill {
  private static final String SERVICE = "/sap/opu/odata/sap/API_BUSINESS_PARTNER/";
  private static final String MOBILE = "3";
  private static final String LANDLINE = "1";

  private final ObjectMapper json = new ObjectMapper();
  private final VendorHttp http;
  private final String authorization;
  private volatile String token;
  private volatile String cookies;

  S4HanaFill(Map<String, String> settings) {
    this.http = new VendorHttp("s4hana", settings.get("url"));
    var pair = settings.get("user") + ":" + settings.get("password");
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
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
  public void open() throws InterruptedException {
    var response = http.send(request("").header("x-csrf-token", "Fetch").GET().build());
    token = response.headers().firstValue("x-csrf-token").orElse("");
    cookies =
        response.headers().allValues("set-cookie").stream()
            .map(cookie -> cookie.split(";")[0])
            .collect(Collectors.joining("; "));
  }

  @Override
  public List<String> create(List<SpokeRecord> records) throws InterruptedException {
    var request =
        request("A_BusinessPartner")
            .header("x-csrf-token", token)
            .header("Cookie", cookies)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(partner(records.get(0)).toString()));
    var answer = Answers.json(http.send(request.build()));
    return List.of(answer.path("d").path("BusinessPartner").asText());
  }

  private HttpRequest.Builder request(String entity) {
    return http.request(SERVICE + entity)
        .header("Authorization", authorization)
        .header("Accept", "application/json");
  }

  private ObjectNode partner(SpokeRecord record) {
    var partner = json.createObjectNode().put("BusinessPartnerCategory", "1");
    partner.put("FirstName", record.given()).put("LastName", record.family());
    if (record.gender() != null) {
      partner.put(record.gender().equals("female") ? "IsFemale" : "IsMale", true);
    }
    if (record.language() != null) {
      partner.put("CorrespondenceLanguage", record.language().toUpperCase(Locale.ROOT));
    }
    if (record.birthDate() != null) {
      long millis = record.birthDate().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      partner.put("BirthDate", "/Date(" + millis + ")/");
    }
    if (record.loyalty() != null) {
      below(partner, "to_BuPaIdentification")
          .put("BPIdentificationType", "LOYAL")
          .put("BPIdentificationNumber", record.loyalty());
    }
    address(below(partner, "to_BusinessPartnerAddress"), record);
    return partner;
  }

  private static void address(ObjectNode address, SpokeRecord record) {
    address.put("Country", "GB");
    if (record.home() != null) {
      var street = record.home().street();
      int space = street.indexOf(' ');
      address.put("HouseNumber", street.substring(0, space));
      address.put("StreetName", street.substring(space + 1));
      address.put("CityName", record.home().town()).put("PostalCode", record.home().postcode());
    }
    if (record.email() != null) {
      below(address, "to_EmailAddress")
          .put("EmailAddress", record.email())
          .put("IsDefaultEmailAddress", true);
    }
    phone(address, "to_MobilePhoneNumber", record.mobile(), MOBILE);
    phone(address, "to_PhoneNumber", record.landline(), LANDLINE);
  }

  private static void phone(ObjectNode address, String list, String number, String type) {
    if (number != null) {
      below(address, list)
          .put("DestinationLocationCountry", "GB")
          .put("PhoneNumber", number)
          .put("PhoneNumberType", type)
          .put("IsDefaultPhoneNumber", true);
    }
  }

  private static ObjectNode below(ObjectNode parent, String list) {
    return parent.putObject(list).putArray("results").addObject();
  }
}
