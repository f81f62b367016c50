package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.console.CustomerView.Allowed;
import io.nave.console.CustomerView.Delivery;
import io.nave.console.CustomerView.Entry;
import io.nave.console.CustomerView.Subject;
import io.nave.console.CustomerView.Version;
import io.nave.sync.CustomerVersions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Lays out what happened to a customer: consents, deliveries and versions. Pure. */
final class ShowHistory {
  private final Instant now;

  ShowHistory(Instant now) {
    this.now = now;
  }

  /** The time in a field, or null. */
  Moment moment(JsonNode node, String field) {
    var text = Values.text(node, field);
    return text.isEmpty() ? null : Moment.of(OffsetDateTime.parse(text).toInstant(), now);
  }

  private static <T> List<T> each(JsonNode list, Function<JsonNode, T> view) {
    return new ArrayList<>(StreamSupport.stream(list.spliterator(), false).map(view).toList());
  }

  private static String orNull(JsonNode node, String field) {
    var text = Values.text(node, field);
    return text.isEmpty() ? null : text;
  }

  // -- consents

  List<Allowed> consents(JsonNode consents) {
    return each(
        consents,
        c ->
            new Allowed(
                subject(c),
                Values.text(c, "state"),
                moment(c, "decidedAt"),
                Values.text(c, "spoke"),
                Values.text(c, "recordId"),
                Values.text(c, "reason")));
  }

  private static Subject subject(JsonNode node) {
    return new Subject(
        Values.text(node, "purpose"),
        orNull(node, "channel"),
        orNull(node, "topic"),
        orNull(node, "brand"),
        orNull(node, "boundTo"));
  }

  /** The latest decision first; where its time is unknown, its recording counts. */
  List<Entry> entries(JsonNode history) {
    var nodes = each(history, node -> node);
    nodes.sort(Comparator.comparing(ShowHistory::decided).reversed());
    return nodes.stream().map(this::entry).toList();
  }

  private static Instant decided(JsonNode entry) {
    var at = orNull(entry, "decidedAt");
    return OffsetDateTime.parse(at == null ? Values.text(entry, "recordedAt") : at).toInstant();
  }

  private Entry entry(JsonNode node) {
    var evidence = new ArrayList<String>();
    node.path("evidence")
        .properties()
        .forEach(e -> evidence.add(e.getKey() + ": " + plain(e.getValue())));
    return new Entry(
        subject(node),
        Values.text(node, "state"),
        moment(node, "decidedAt"),
        moment(node, "recordedAt"),
        Values.text(node, "spoke"),
        orNull(node, "legalBasis"),
        evidence);
  }

  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  // -- deliveries

  List<Delivery> deliveries(JsonNode deliveries) {
    return each(deliveries, this::delivery);
  }

  private Delivery delivery(JsonNode node) {
    return new Delivery(
        Values.text(node, "spoke"),
        orNull(node, "recordId"),
        Values.text(node, "state"),
        orNull(node, "version"),
        Values.text(node, "wanted"),
        moment(node, "doneAt"),
        moment(node, "noticedAt"),
        node.path("attempts").asInt(),
        orNull(node, "error"));
  }

  // -- versions

  /** Newest first; each is compared with the next one of the list. */
  List<Version> versions(List<CustomerVersions.Version> versions) {
    var views = new ArrayList<Version>();
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var before = i + 1 < versions.size() ? versions.get(i + 1) : null;
      views.add(
          new Version(
              Numbers.whole(version.number()),
              Moment.of(version.at(), now),
              version.number() == 1,
              before == null ? List.of() : changed(before.state(), version.state())));
    }
    return views;
  }

  private static List<String> changed(JsonNode before, JsonNode after) {
    var customers = List.of(before.path("customer"), after.path("customer"));
    var changed = new ArrayList<String>();
    for (var attribute : ShowCustomer.attributes(customers)) {
      var was = ShowCustomer.at(customers.get(0), attribute);
      if (!was.equals(ShowCustomer.at(customers.get(1), attribute))) {
        changed.add(attribute);
      }
    }
    for (var part : List.of("consents", "preferences", "records", "deleted", "mergedInto")) {
      if (!before.path(part).equals(after.path(part))) {
        changed.add(part);
      }
    }
    return changed;
  }
}
