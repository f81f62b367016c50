package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The wishes of the page. Only what the customer changed is stated. */
final class PreferenceForm {
  static final String FROM = ":from";
  static final String TO = ":to";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Preferable> asked;
  private final Collection<String> languages;

  PreferenceForm(List<Preferable> asked, Collection<String> languages) {
    this.asked = asked;
    this.languages = languages;
  }

  /** Adds the wishes that changed, and an error for each that cannot be. */
  void read(Form form, ArrayNode preferences, Map<String, String> errors) {
    for (var one : asked) {
      if (isChanged(one, form)) {
        var value = value(one, form, errors);
        preferences.addObject().put("name", one.name()).set("value", value);
      }
    }
  }

  private static boolean isChanged(Preferable one, Form form) {
    return switch (one.kind()) {
      case choice, language -> form.changed(one.field());
      case choices -> form.shown(one.field()) && !joined(form, one).equals(form.was(one.field()));
      case hours -> form.changed(one.field() + FROM) || form.changed(one.field() + TO);
    };
  }

  private static String joined(Form form, Preferable one) {
    return form.all(one.field()).stream().sorted().distinct().collect(Collectors.joining(","));
  }

  private JsonNode value(Preferable one, Form form, Map<String, String> errors) {
    return switch (one.kind()) {
      case choice -> text(one, form, names(one), errors);
      case language -> text(one, form, languages, errors);
      case choices -> several(one, form, errors);
      case hours -> hours(one, form, errors);
    };
  }

  private static List<String> names(Preferable one) {
    return one.choices().stream().map(Preferable.Choice::name).toList();
  }

  private static JsonNode text(
      Preferable one, Form form, Collection<String> known, Map<String, String> errors) {
    var value = form.text(one.field());
    if (!value.isEmpty() && !known.contains(value)) {
      errors.put(one.field(), "error.choice");
    }
    return value.isEmpty() ? JSON.nullNode() : JSON.textNode(value);
  }

  private static JsonNode several(Preferable one, Form form, Map<String, String> errors) {
    var values = JSON.arrayNode();
    for (var value : form.all(one.field()).stream().sorted().distinct().toList()) {
      if (!names(one).contains(value) && !form.was(one.field()).contains(value)) {
        errors.put(one.field(), "error.choice");
      }
      values.add(value);
    }
    return values.isEmpty() ? JSON.nullNode() : values;
  }

  private static JsonNode hours(Preferable one, Form form, Map<String, String> errors) {
    var from = form.text(one.field() + FROM);
    var to = form.text(one.field() + TO);
    if (from.isEmpty() && to.isEmpty()) {
      return JSON.nullNode();
    }
    check(one.field() + FROM, from, errors);
    check(one.field() + TO, to, errors);
    return JSON.objectNode().put("from", from).put("to", to);
  }

  private static void check(String field, String time, Map<String, String> errors) {
    if (!time.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      errors.put(field, "error.time");
    }
  }

  /** What is known, as the form has it. */
  static String shown(Preferable one, JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .sorted()
          .collect(Collectors.joining(","));
    }
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
