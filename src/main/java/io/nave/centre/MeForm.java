package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.nave.centre.PageView.FieldView;
import io.nave.centre.PageView.PurposeView;
import io.nave.centre.PageView.Switch;
import io.nave.centre.PageView.WishView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Reads what a customer sent as JSON, as if she had changed it on the page: the form begins as the
 * page shows it, so that only differences are acts.
 */
final class MeForm {
  private static final List<String> PARTS =
      List.of("consents", "preferences", "profile", "stopAll");
  private static final String WAS = "was:";
  private static final List<String> NOTHING = List.of();

  private final PageView page;
  private final Standing standing;
  private final Map<String, List<String>> fields = new HashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private boolean stopsAll;

  private MeForm(PageView page, Standing standing) {
    this.page = page;
    this.standing = standing;
  }

  /**
   * What cannot be.
   *
   * @param pointer JSON pointer of its place
   */
  record Mistake(String pointer, String message) {
    static Mistake of(String pointer, JsonNode given, String expected) {
      var name = pointer.isEmpty() ? "body" : pointer.substring(pointer.lastIndexOf('/') + 1);
      var words = given.isMissingNode() ? "missing" : shortened(given);
      return new Mistake(pointer, name + ": " + words + " (expected: " + expected + ")");
    }

    private static String shortened(JsonNode given) {
      var text = given.isTextual() ? given.asText() : given.toString();
      return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
  }

  /**
   * @param page as she would see it now
   */
  static MeForm read(JsonNode body, PageView page, Standing standing) {
    var form = new MeForm(page, standing);
    form.echo();
    form.read(body);
    return form;
  }

  Form form() {
    return new Form(fields);
  }

  /** Whether she stops everything, and changes nothing else. */
  boolean stopsAll() {
    return stopsAll;
  }

  /** What was not understood; then nothing may be saved. */
  List<Mistake> mistakes() {
    return mistakes;
  }

  /** Where the field of the form stood in what she sent. */
  String place(String field) {
    return places.getOrDefault(field, "");
  }

  // -- as the page shows it

  private void echo() {
    for (var purpose : page.purposes()) {
      purpose.channels().forEach(this::echo);
      purpose.topics().forEach(this::echo);
    }
    page.fields().forEach(this::echo);
    page.wishes().forEach(this::echo);
  }

  private void echo(Switch one) {
    put(one.field(), one.was(), one.on() ? List.of("on") : NOTHING);
  }

  private void echo(FieldView one) {
    put(one.field(), one.was(), List.of(one.value()));
  }

  private void echo(WishView one) {
    if (one.from() != null) {
      echo(one.from());
      echo(one.to());
    } else {
      put(one.field(), one.was(), Arrays.asList(one.was().split(",")));
    }
  }

  private void put(String field, String was, List<String> values) {
    fields.put(WAS + field, List.of(was));
    fields.put(field, values);
  }

  // -- what she sent

  private void read(JsonNode body) {
    if (!isObject(body, "", PARTS)) {
      return;
    }
    each(body, "consents", this::consent);
    each(body, "preferences", this::preference);
    var profile = body.path("profile");
    if (!profile.isMissingNode() && isObject(profile, "/profile", ProfileForm.FIELDS)) {
      profile.fields().forEachRemaining(one -> profile(one.getKey(), one.getValue()));
    }
    stopAll(body);
  }

  private void stopAll(JsonNode body) {
    var stop = body.path("stopAll");
    if (stop.isMissingNode()) {
      return;
    }
    if (!stop.isBoolean() || stop.asBoolean() && body.size() > 1) {
      mistake("/stopAll", stop, "true, with nothing else");
    }
    stopsAll = stop.asBoolean();
  }

  private interface Item {
    void read(JsonNode item, String pointer);
  }

  private void each(JsonNode body, String name, Item reader) {
    var list = body.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      mistake("/" + name, list, "a list");
    }
    for (int i = 0; i < list.size() && list.isArray(); i++) {
      reader.read(list.get(i), "/" + name + "/" + i);
    }
  }

  private void consent(JsonNode item, String at) {
    if (!isObject(item, at, List.of("purpose", "channel", "topic", "granted"))) {
      return;
    }
    var names = page.purposes().stream().map(PurposeView::name).toList();
    if (!isOneOf(item.path("purpose"), names, at + "/purpose")) {
      return;
    }
    if (item.has("channel") == item.has("topic")) {
      mistakes.add(new Mistake(at, "consent: unclear (expected: channel, or topic)"));
      return;
    }
    var purpose =
        page.purposes().stream()
            .filter(one -> one.name().equals(item.get("purpose").asText()))
            .findFirst()
            .orElseThrow();
    var part = item.has("channel") ? "channel" : "topic";
    var switches = item.has("channel") ? purpose.channels() : purpose.topics();
    var known = switches.stream().map(one -> MeView.name(one)).toList();
    var granted = item.path("granted");
    if (!isOneOf(item.get(part), known, at + "/" + part)) {
      return;
    }
    if (!granted.isBoolean()) {
      mistake(at + "/granted", granted, "true or false");
      return;
    }
    var name = item.get(part).asText();
    boolean pending = item.has("channel") && standing.isPending(purpose.name(), name);
    decide(switches.get(known.indexOf(name)).field(), granted.asBoolean(), pending, at);
  }

  /** A yes to what is pending is said already; a no takes it back, though it is shown as off. */
  private void decide(String field, boolean granted, boolean pending, String at) {
    set(field, granted && !pending ? List.of("on") : NOTHING, at);
    if (pending && !granted) {
      fields.put(WAS + field, List.of("on"));
    }
  }

  private void preference(JsonNode item, String at) {
    if (!isObject(item, at, List.of("name", "value"))) {
      return;
    }
    var names = page.wishes().stream().map(MeView::name).toList();
    if (!isOneOf(item.path("name"), names, at + "/name")) {
      return;
    }
    var wish = page.wishes().get(names.indexOf(item.get("name").asText()));
    var value = item.path("value");
    switch (Preferable.Kind.valueOf(wish.kind())) {
      case choice, language -> text(wish.field(), value, at + "/value");
      case choices -> texts(wish.field(), value, at + "/value");
      case hours -> hours(wish, value, at + "/value");
    }
  }

  private void texts(String field, JsonNode value, String at) {
    boolean fits =
        value.isNull()
            || value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
    if (!fits) {
      mistake(at, value, "a list of texts, or null");
      return;
    }
    var texts = new ArrayList<String>();
    value.forEach(one -> texts.add(one.asText()));
    set(field, texts, at);
  }

  private void hours(WishView wish, JsonNode value, String at) {
    if (value.isNull()) {
      set(wish.from().field(), NOTHING, at);
      set(wish.to().field(), NOTHING, at);
    } else if (isObject(value, at, List.of("from", "to"))) {
      text(wish.from().field(), value.path("from"), at + "/from");
      text(wish.to().field(), value.path("to"), at + "/to");
    }
  }

  private void profile(String name, JsonNode value) {
    if (ProfileForm.FIELDS.contains(name)) {
      text(ProfileForm.field(name), value, "/profile/" + name);
    }
  }

  private void text(String field, JsonNode value, String at) {
    if (value.isTextual() || value.isNull()) {
      set(field, value.isNull() ? NOTHING : List.of(value.asText()), at);
    } else {
      mistake(at, value, "a text, or null");
    }
  }

  private void set(String field, List<String> values, String at) {
    if (places.put(field, at) != null) {
      mistakes.add(new Mistake(at, "given twice (expected: once)"));
    }
    fields.put(field, values);
  }

  private boolean isObject(JsonNode node, String at, Collection<String> known) {
    if (node.getNodeType() != JsonNodeType.OBJECT) {
      mistake(at, node, "an object with " + String.join(", ", known));
      return false;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                var segment = name.replace("~", "~0").replace("/", "~1");
                mistakes.add(
                    new Mistake(
                        at + "/" + segment,
                        name + ": unknown (expected: " + String.join(", ", known) + ")"));
              }
            });
    return true;
  }

  private boolean isOneOf(JsonNode node, List<String> known, String at) {
    if (node.isTextual() && known.contains(node.asText())) {
      return true;
    }
    mistake(at, node, known.isEmpty() ? "nothing" : "one of " + String.join(", ", known));
    return false;
  }

  private void mistake(String at, JsonNode given, String expected) {
    mistakes.add(Mistake.of(at, given, expected));
  }
}
