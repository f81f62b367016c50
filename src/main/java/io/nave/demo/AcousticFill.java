package io.nave.demo;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;

/** Contacts of one database by {@code AddRecipient}; who opted out by {@code OptOutRecipient}. */
final class AcousticFill implements SpokeFill {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy");
  private static final int BY_HAND = 1;
  private static final int OPTED_IN = 2;

  private final Map<String, String> settings;
  private final VendorHttp http;
  private volatile String token;

  AcousticFill(Map<String, String> settings) {
    this.settings = settings;
    this.http = new VendorHttp("acoustic", settings.get("url"));
  }

  @Override
  public int batch() {
    return 1;
  }

  /** The vendor refuses the eleventh. */
  @Override
  public int inFlight() {
    return 8;
  }

  @Override
  public void open() throws InterruptedException {
    var form =
        VendorHttp.form(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", settings.get("client-id"),
                "client_secret", settings.get("client-secret"),
                "refresh_token", settings.get("refresh-token")));
    var request =
        http.request("/oauth/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    token = Answers.json(http.send(request.build())).path("access_token").asText();
  }

  @Override
  public List<String> create(List<SpokeRecord> records) throws InterruptedException {
    var record = records.get(0);
    var answer = call("AddRecipient", add(record));
    if (Boolean.FALSE.equals(record.marketing())) {
      call("OptOutRecipient", "<EMAIL>" + escaped(record.email()) + "</EMAIL>");
    }
    return List.of(Answers.text(answer, "RecipientId"));
  }

  private String add(SpokeRecord record) {
    boolean optedIn = Boolean.TRUE.equals(record.marketing());
    var xml = new StringBuilder(800);
    xml.append("<CREATED_FROM>").append(optedIn ? OPTED_IN : BY_HAND).append("</CREATED_FROM>");
    columns(record)
        .forEach(
            (name, value) ->
                xml.append("<COLUMN><NAME>")
                    .append(name)
                    .append("</NAME><VALUE>")
                    .append(escaped(value))
                    .append("</VALUE></COLUMN>"));
    return xml.toString();
  }

  private static Map<String, String> columns(SpokeRecord record) {
    var columns = new LinkedHashMap<String, String>();
    columns.put("EMAIL", record.email());
    columns.put("FIRST_NAME", record.given());
    columns.put("LAST_NAME", record.family());
    columns.put("GENDER", record.gender());
    columns.put("LANGUAGE", record.language());
    columns.put("MOBILE", record.mobile());
    columns.put("PHONE", record.landline());
    columns.put("BIRTH_DATE", record.birthDate() == null ? null : DATE.format(record.birthDate()));
    if (record.home() != null) {
      columns.put("STREET", record.home().street());
      columns.put("CITY", record.home().town());
      columns.put("POSTAL_CODE", record.home().postcode());
      columns.put("COUNTRY", "United Kingdom");
    }
    columns.values().removeIf(value -> value == null);
    return columns;
  }

  private Document call(String command, String content) throws InterruptedException {
    var list = "<LIST_ID>" + settings.get("list") + "</LIST_ID>";
    var body =
        "<Envelope><Body><%1$s>%2$s%3$s</%1$s></Body></Envelope>".formatted(command, list, content);
    var request =
        http.request("/XMLAPI")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "text/xml;charset=UTF-8")
            .POST(BodyPublishers.ofString(body));
    var answer = Answers.xml(http.send(request.build()));
    var success = Answers.text(answer, "SUCCESS");
    if (!success.equalsIgnoreCase("true") && !success.equalsIgnoreCase("success")) {
      throw http.refusal(Answers.text(answer, "FaultString"));
    }
    return answer;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
