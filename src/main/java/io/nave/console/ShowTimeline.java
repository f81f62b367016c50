package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.console.CustomerView.Surviving;
import io.nave.console.TimelineView.Change;
import io.nave.console.TimelineView.Pinned;
import io.nave.console.TimelineView.Step;
import io.nave.sync.CustomerHistory.Version;
import io.nave.sync.Difference;
import io.nave.sync.StoredPin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays out the history of a customer for people. Pure. */
final class ShowTimeline {
  private final List<StoredPin> pins;
  private final Instant now;

  private ShowTimeline(List<StoredPin> pins, Instant now) {
    this.pins = pins;
    this.now = now;
  }

  /**
   * @param newest the newest versions, newest first, and one more before them if there is one
   * @param most how many to show
   */
  static TimelineView of(
      String id, List<Version> newest, int most, List<StoredPin> pins, Instant now) {
    return new ShowTimeline(pins, now).view(id, newest, most);
  }

  private TimelineView view(String id, List<Version> newest, int most) {
    var shown = new ArrayList<>(newest.subList(0, Math.min(most, newest.size())));
    boolean more = newest.size() > shown.size();
    var steps = new ArrayList<Step>();
    for (int i = 0; i < shown.size(); i++) {
      steps.add(step(i + 1 < newest.size() ? newest.get(i + 1) : null, shown.get(i)));
    }
    java.util.Collections.reverse(shown);
    var last = shown.get(shown.size() - 1);
    var customer = lastKnown(shown);
    var drawing = new DrawTimeline(shown, now);
    return new TimelineView(
        id,
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        last.state().hasNonNull("mergedInto") ? last.state().get("mergedInto").asText() : null,
        drawing.width(),
        drawing.keys(),
        drawing.ticks(),
        drawing.bands(),
        steps,
        more ? Long.toString(shown.get(0).number()) : null);
  }

  /** A customer that was merged has nothing any more: what it had counts. */
  private static JsonNode lastKnown(List<Version> shown) {
    JsonNode known = shown.get(0).state().path("customer");
    for (var version : shown) {
      var customer = version.state().path("customer");
      known = customer.has("name") ? customer : known;
    }
    return known;
  }

  private Step step(Version before, Version version) {
    var decided =
        pins.stream()
            .filter(pin -> version.at().equals(pin.at()) || version.at().equals(pin.retractedAt()))
            .map(pin -> pinned(pin, version.at().equals(pin.retractedAt())))
            .toList();
    return new Step(
        Long.toString(version.number()),
        Moment.of(version.at(), now),
        version.number() == 1,
        decided,
        Difference.between(before, version).stream().map(this::change).toList());
  }

  private static Pinned pinned(StoredPin pin, boolean retracted) {
    var by = retracted ? pin.retractedBy() : pin.by();
    return new Pinned(pin.attribute(), retracted, by, retracted ? "" : pin.reason());
  }

  private Change change(Difference.Change change) {
    var from = values(change.attribute(), change.from());
    var to = values(change.attribute(), change.to());
    var gone = new ArrayList<>(from);
    gone.removeIf(value -> texts(to).contains(value.text()));
    var came = new ArrayList<Surviving>();
    for (int i = 0; i < to.size(); i++) {
      if (!texts(from).contains(to.get(i).text())) {
        came.add(surviving(to.get(i), change.toLineage(), i));
      }
    }
    boolean details = gone.isEmpty() && came.isEmpty();
    if (details && !to.isEmpty()) {
      came.add(surviving(to.get(0), change.toLineage(), 0));
    }
    return new Change(change.attribute(), gone, came, details);
  }

  private static Set<String> texts(List<Value> values) {
    return values.stream().map(Value::text).collect(Collectors.toSet());
  }

  private Surviving surviving(Value value, JsonNode lineage, int i) {
    var origin = lineage != null && lineage.isArray() ? lineage.path(i) : lineage;
    if (origin == null || !origin.has("spoke")) {
      return new Surviving(value, null, "", null, "");
    }
    return new Surviving(
        value,
        Values.text(origin, "spoke"),
        Values.text(origin, "recordId"),
        new ShowHistory(now).moment(origin, "changedAt"),
        Values.text(origin, "rule"));
  }

  private static List<Value> values(String attribute, JsonNode node) {
    if (node == null) {
      return List.of();
    }
    var values = new ArrayList<Value>();
    switch (attribute) {
      case "records" ->
          node.forEach(r -> values.add(Value.plain(Values.text(r, "recordId"), words(r, "spoke"))));
      case "consents" -> node.forEach(c -> values.add(Value.of(subject(c))));
      case "preferences" ->
          node.forEach(
              p -> values.add(Value.of(Values.text(p, "name") + ": " + Values.text(p, "value"))));
      case "deleted" -> values.add(Value.of(node.asBoolean() ? "yes" : "no"));
      default -> values.addAll(Values.of(attribute, node));
    }
    return values;
  }

  private static List<String> words(JsonNode node, String field) {
    return List.of(Values.text(node, field));
  }

  /** The state is part of it, so that a change of state is a change. */
  private static String subject(JsonNode consent) {
    return java.util.stream.Stream.of("purpose", "channel", "topic", "brand", "boundTo", "state")
        .map(field -> Values.text(consent, field))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }
}
