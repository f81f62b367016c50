package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the JSON of one attribute into values for people. Pure; unknown shapes show their JSON. */
final class Values {
  private static final Locale LOCALE = Locale.ENGLISH;

  private Values() {}

  /**
   * The values of an attribute: none for null, one for a scalar, one for each element of a list.
   */
  static List<Value> of(String attribute, JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return List.of();
    }
    if (node.isArray()) {
      var values = new ArrayList<Value>();
      node.forEach(element -> values.add(one(attribute, element)));
      return values;
    }
    return List.of(one(attribute, node));
  }

  private static Value one(String attribute, JsonNode node) {
    return switch (attribute) {
      case "name" -> Value.of(name(node));
      case "emails" -> Value.plain(text(node, "value"), notes(node));
      case "phones" -> Value.plain(text(node, "value"), notes(node));
      case "addresses" -> new Value(address(node), notes(node), false);
      case "identifiers" -> Value.plain(text(node, "value"), words(node, "type", "issuer"));
      case "memberships" -> membership(node);
      case "language" -> Value.of(language(node.asText()));
      case "birthDate" -> Value.plain(node.asText(), List.of());
      default -> Value.of(node.isValueNode() ? node.asText() : node.toString());
    };
  }

  /** The whole name in its own order: family first where it is written in Han, kana or Hangul. */
  static String name(JsonNode name) {
    if (name == null) {
      return "";
    }
    var given = text(name, "given");
    var family = text(name, "family");
    if (given.isEmpty() && family.isEmpty()) {
      return text(name, "full");
    }
    if (isEastAsian(family) && isEastAsian(given)) {
      return family + given;
    }
    return Stream.of("prefix", "given", "middle", "family", "suffix")
        .map(part -> text(name, part))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static boolean isEastAsian(String text) {
    return !text.isEmpty()
        && text.codePoints()
            .allMatch(
                c ->
                    switch (Character.UnicodeScript.of(c)) {
                      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
                      default -> false;
                    });
  }

  private static String address(JsonNode node) {
    var parts = new ArrayList<String>();
    node.path("lines").forEach(line -> parts.add(line.asText()));
    var town = String.join(" ", words(node, "postalCode", "city"));
    parts.add(town);
    parts.add(text(node, "region"));
    var country = text(node, "country");
    parts.add(country.isEmpty() ? "" : new Locale("", country).getDisplayCountry(LOCALE));
    parts.removeIf(String::isBlank);
    return String.join(", ", parts);
  }

  private static Value membership(JsonNode node) {
    var organisation = node.path("organisation");
    var name = text(organisation, "name");
    var what = name.isEmpty() ? text(organisation, "recordId") : name;
    return new Value(what, words(node, "title", "department"), false);
  }

  private static String language(String tag) {
    var name = Locale.forLanguageTag(tag).getDisplayName(LOCALE);
    return name.isEmpty() || name.equals(tag) ? tag : name + " (" + tag + ")";
  }

  /** The customer's language as browsers understand it, or null. */
  static String languageTag(JsonNode customer) {
    var tag = text(customer, "language");
    return tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*") ? tag : null;
  }

  private static List<String> notes(JsonNode node) {
    var notes = new ArrayList<>(words(node, "type"));
    for (var flag : List.of("primary", "verified")) {
      if (node.path(flag).asBoolean()) {
        notes.add(flag);
      }
    }
    return notes;
  }

  private static List<String> words(JsonNode node, String... fields) {
    return Stream.of(fields).map(field -> text(node, field)).filter(s -> !s.isEmpty()).toList();
  }

  /** A field's text; empty where there is none. */
  static String text(JsonNode node, String field) {
    return Objects.requireNonNullElse(node.path(field).asText(""), "").replaceFirst("^null$", "");
  }
}
