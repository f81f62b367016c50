package io.nave.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One sandboxed system as somebody sees it who sits before it: its records are added, changed and
 * read as in the vendor's own screens, which the system's faults do not strike.
 */
final class Screens {
  private static final int PAGE = 1000;

  /** The names of fields: given, family, email, mobile, town, postcode, consent. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "salesforce",
          List.of(
              "FirstName",
              "LastName",
              "Email",
              "MobilePhone",
              "MailingCity",
              "MailingPostalCode",
              "HasOptedOutOfEmail"),
          "acoustic",
          List.of("FIRST_NAME", "LAST_NAME", "EMAIL", "MOBILE", "CITY", "POSTAL_CODE", "OPT_OUT"),
          "gigya",
          List.of("firstName", "lastName", "email", "phone", "city", "zip", "newsletter"),
          "s4hana",
          List.of(
              "FirstName",
              "LastName",
              "EmailAddress",
              "MobilePhoneNumber",
              "CityName",
              "PostalCode",
              ""));

  private final String spoke;
  private final URI base;
  private final List<String> fields;
  private final Http http = new Http(Duration.ofSeconds(20));

  Screens(String spoke, URI base) {
    this.spoke = spoke;
    this.base = base;
    this.fields = FIELDS.get(spoke);
  }

  /**
   * A record as it is now.
   *
   * @param homes all addresses, where the system has several: as they are shown
   */
  record Row(String id, Facts facts, String homes) {

    /** What it holds; an address counts wherever it stands. */
    Facts holding(Facts truth) {
      var home = "%s, %s %s".formatted(truth.street(), truth.postcode(), truth.town());
      return List.of(homes.split("; ")).contains(home)
          ? facts.withHome(truth.street(), truth.town(), truth.postcode())
          : facts;
    }
  }

  boolean holdsConsent() {
    return !spoke.equals("s4hana");
  }

  /** Adds a person; yields the record's id. */
  String add(Facts facts) {
    var values = JsonNodeFactory.instance.objectNode();
    values.put(fields.get(2), facts.email());
    name(values, facts);
    phone(values, facts);
    home(values, facts);
    if (spoke.equals("gigya")) {
      values.put("newsletter", facts.mailable() ? "yes" : "no");
    }
    return call("POST", "/_sandbox/records", values).path("id").asText();
  }

  /** Changes what the change is about. */
  void change(String id, Change change) {
    var values = JsonNodeFactory.instance.objectNode();
    switch (change.kind()) {
      case PHONE -> phone(values, change.facts());
      case ADDRESS -> home(values, change.facts());
      case NAME -> name(values, change.facts());
      default -> values.put(fields.get(6), consent(change.facts().mailable()));
    }
    call("PATCH", "/_sandbox/records/" + encoded(id), values);
  }

  private void name(ObjectNode values, Facts facts) {
    values.put(fields.get(0), facts.given()).put(fields.get(1), facts.family());
  }

  private void phone(ObjectNode values, Facts facts) {
    values.put(fields.get(3), "+" + facts.mobile());
  }

  private void home(ObjectNode values, Facts facts) {
    var street = facts.street();
    switch (spoke) {
      case "s4hana" -> {
        int space = street.indexOf(' ');
        values.put("HouseNumber", street.substring(0, space));
        values.put("StreetName", street.substring(space + 1)).put("Country", "GB");
      }
      case "salesforce" ->
          values.put("MailingStreet", street).put("MailingCountry", "United Kingdom");
      case "acoustic" -> values.put("STREET", street).put("COUNTRY", "United Kingdom");
      default -> values.put("address", street).put("country", "GB");
    }
    values.put(fields.get(4), facts.town()).put(fields.get(5), facts.postcode());
  }

  private String consent(boolean mailable) {
    return switch (spoke) {
      case "salesforce" -> Boolean.toString(!mailable);
      case "acoustic" -> mailable ? "False" : "True";
      default -> mailable ? "yes" : "no";
    };
  }

  /** All records. */
  List<Row> all() {
    var all = new ArrayList<Row>();
    int before;
    do {
      before = all.size();
      var path = "/_sandbox/records?limit=%d&offset=%d".formatted(PAGE, before);
      for (var row : call("GET", path, null).path("records")) {
        var values = row.path("values");
        all.add(new Row(row.path("id").asText(), facts(values), text(values, "Addresses")));
      }
    } while (all.size() - before == PAGE);
    return all;
  }

  private Facts facts(JsonNode values) {
    return new Facts(
        text(values, fields.get(0)),
        text(values, fields.get(1)),
        text(values, fields.get(2)),
        text(values, fields.get(3)).replaceAll("\\D", ""),
        street(values),
        text(values, fields.get(4)),
        text(values, fields.get(5)),
        holdsConsent() ? isMailable(text(values, fields.get(6))) : null);
  }

  private String street(JsonNode values) {
    return switch (spoke) {
      case "s4hana" -> (text(values, "HouseNumber") + " " + text(values, "StreetName")).strip();
      case "salesforce" -> text(values, "MailingStreet");
      case "acoustic" -> text(values, "STREET");
      default -> text(values, "address");
    };
  }

  private boolean isMailable(String consent) {
    return spoke.equals("gigya") ? consent.equals("yes") : !consent.equalsIgnoreCase("true");
  }

  private static String text(JsonNode values, String name) {
    return values.path(name).asText("");
  }

  /** The records of which a change was written over before anybody could see it. */
  Set<String> unseen() {
    var unseen = new HashSet<String>();
    call("GET", "/_sandbox/unseen", null).forEach(id -> unseen.add(spoke + ":" + id.asText()));
    return unseen;
  }

  /** Begins a fault; yields its number, 0 where it is over already. */
  int begin(JsonNode fault) {
    return call("POST", "/_sandbox/faults", fault).path("id").asInt();
  }

  /** Ends all faults. */
  void endFaults() {
    call("DELETE", "/_sandbox/faults", null);
  }

  private JsonNode call(String method, String path, JsonNode body) {
    try {
      return http.send(method, URI.create(base + path), body);
    } catch (IOException gone) {
      throw new UncheckedIOException(
          spoke + ": the sandbox does not answer (expected: it is never struck itself)", gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(spoke + ": interrupted", stopped);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
