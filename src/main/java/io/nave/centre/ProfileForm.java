package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Standardise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Name, address, e-mail and phone on the page. Only what the customer changed is stated. */
final class ProfileForm {
  static final List<String> FIELDS =
      List.of(
          "given", "family", "email", "phone", "street", "city", "region", "postalCode", "country");
  private static final List<String> NAME = List.of("given", "family");
  private static final List<String> ADDRESS =
      List.of("street", "city", "region", "postalCode", "country");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int LONGEST = 255;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Standardise standardise;

  ProfileForm(Standardise standardise) {
    this.standardise = standardise;
  }

  static String field(String name) {
    return "profile:" + name;
  }

  /** What is known, by field. */
  static Map<String, String> shown(JsonNode customer) {
    var shown = new LinkedHashMap<String, String>();
    NAME.forEach(part -> shown.put(part, text(customer.path("name").path(part))));
    shown.put("email", text(primary(customer.path("emails")).path("value")));
    shown.put("phone", text(primary(customer.path("phones")).path("value")));
    var address = primary(customer.path("addresses"));
    ADDRESS.forEach(part -> shown.put(part, text(address.path(part))));
    var lines = new java.util.StringJoiner(", ");
    address.path("lines").forEach(line -> lines.add(line.asText()));
    shown.put("street", lines.toString());
    return shown;
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.asText() : "";
  }

  /** The one that is marked, else the first; missing where there is none. */
  static JsonNode primary(JsonNode list) {
    for (var one : list) {
      if (one.path("primary").asBoolean()) {
        return one;
      }
    }
    return list.path(0);
  }

  /**
   * What she changed, as a patch of the customer; empty where it is nothing.
   *
   * @param customer what is known; parts that the page does not show stay as they are
   */
  ObjectNode read(Form form, JsonNode customer, Map<String, String> errors) {
    FIELDS.forEach(name -> check(form, name, errors));
    var patch = JSON.objectNode();
    if (changes(form, NAME)) {
      patch.set("name", name(form, customer.path("name")));
    }
    if (form.changed(field("email"))) {
      patch.putArray("emails").addObject().put("value", value(form, "email")).put("primary", true);
    }
    if (form.changed(field("phone"))) {
      var phone = patch.putArray("phones").addObject();
      phone.put("value", value(form, "phone")).put("primary", true);
      var type = primary(customer.path("phones")).path("type");
      phone.put("type", type.isTextual() ? type.asText() : "mobile");
    }
    if (changes(form, ADDRESS)) {
      patch.putArray("addresses").add(address(form, primary(customer.path("addresses"))));
    }
    return patch;
  }

  private static boolean changes(Form form, List<String> names) {
    return names.stream().anyMatch(name -> form.changed(field(name)));
  }

  private static String value(Form form, String name) {
    return form.text(field(name));
  }

  private static ObjectNode name(Form form, JsonNode known) {
    var name = JSON.objectNode();
    List.of("prefix", "middle", "suffix").stream()
        .filter(known::hasNonNull)
        .forEach(part -> name.set(part, known.get(part)));
    NAME.forEach(part -> name.put(part, value(form, part)));
    return name;
  }

  private static ObjectNode address(Form form, JsonNode known) {
    var address = JSON.objectNode().put("primary", true);
    address.put("type", known.path("type").isTextual() ? known.path("type").asText() : "home");
    var lines = address.putArray("lines");
    for (var line : value(form, "street").split("\\s*,\\s*")) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    ADDRESS.stream()
        .filter(part -> !part.equals("street"))
        .forEach(part -> address.put(part, value(form, part)));
    return address;
  }

  private void check(Form form, String name, Map<String, String> errors) {
    if (!form.changed(field(name))) {
      return;
    }
    var value = value(form, name);
    var error = value.length() > LONGEST ? "error.long" : error(form, name, value);
    if (error != null) {
      errors.put(field(name), error);
    }
  }

  private String error(Form form, String name, String value) {
    return switch (name) {
      case "email" -> isEmail(value) ? null : "error.email";
      case "phone" -> isPhone(value) ? null : "error.phone";
      case "country" -> value.isEmpty() || COUNTRIES.contains(value) ? null : "error.choice";
      case "given", "family" ->
          value(form, "given").isEmpty() && value(form, "family").isEmpty() ? "error.name" : null;
      default -> null;
    };
  }

  private static boolean isEmail(String value) {
    var address = Standardise.email(value);
    return address != null && address.matches("[^\\s@\"<>]+@[^\\s@\"<>]+\\.[^\\s@.\"<>]{2,}");
  }

  private boolean isPhone(String value) {
    var number = standardise.phone(value);
    return number != null && number.matches("\\+[0-9]{7,15}");
  }
}
