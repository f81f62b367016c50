package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.console.CustomerView.Cell;
import io.nave.console.CustomerView.Golden;
import io.nave.console.CustomerView.Row;
import io.nave.console.CustomerView.Said;
import io.nave.console.CustomerView.Source;
import io.nave.console.CustomerView.Surviving;
import io.nave.sync.CustomerVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Lays out one customer for people. Pure: what {@code FindCustomers} found, and the time now. */
final class ShowCustomer {
  private static final List<String> ATTRIBUTES =
      List.of(
          "name",
          "birthDate",
          "gender",
          "language",
          "emails",
          "phones",
          "addresses",
          "identifiers",
          "memberships",
          "domains",
          "type",
          "lifecycle");

  private final JsonNode found;
  private final JsonNode lineage;
  private final Instant now;

  private ShowCustomer(JsonNode found, Instant now) {
    this.found = found;
    this.lineage = found.path("lineage");
    this.now = now;
  }

  static CustomerView of(JsonNode found, List<CustomerVersions.Version> versions, Instant now) {
    return new ShowCustomer(found, now).view(versions);
  }

  private CustomerView view(List<CustomerVersions.Version> versions) {
    var customer = found.path("customer");
    var more = new ShowHistory(now);
    return new CustomerView(
        Values.text(found, "customerId"),
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        found.path("deleted").asBoolean(),
        Numbers.whole(found.path("version").asLong()),
        more.moment(found, "createdAt"),
        more.moment(found, "updatedAt"),
        spokes(found.path("sourceRecords")),
        golden(customer),
        sources().map(ShowCustomer::source).toList(),
        rows(customer),
        more.consents(found.path("consents")),
        more.entries(found.path("consentHistory")),
        more.deliveries(found.path("deliveries")),
        more.versions(versions));
  }

  /** The spokes of these records or links, each once. */
  static List<String> spokes(JsonNode records) {
    var spokes = new LinkedHashSet<String>();
    records.forEach(record -> spokes.add(Values.text(record, "spoke")));
    return List.copyOf(spokes);
  }

  private java.util.stream.Stream<JsonNode> sources() {
    return StreamSupport.stream(found.path("sourceRecords").spliterator(), false);
  }

  private static Source source(JsonNode record) {
    return new Source(
        Values.text(record, "spoke"),
        Values.text(record, "recordId"),
        record.path("deleted").asBoolean(),
        Values.text(record, "rule"));
  }

  /** The value of an attribute key, also of {@code attributes.<key>}. */
  static JsonNode at(JsonNode customer, String attribute) {
    return attribute.startsWith("attributes.")
        ? customer.path("attributes").path(attribute.substring("attributes.".length()))
        : customer.path(attribute);
  }

  /** The attribute keys that any of these customers has a value for, in the order of the page. */
  static List<String> attributes(Iterable<JsonNode> customers) {
    var free = new TreeSet<String>();
    Set<String> used = new LinkedHashSet<>();
    for (var customer : customers) {
      customer.path("attributes").fieldNames().forEachRemaining(k -> free.add("attributes." + k));
      ATTRIBUTES.stream().filter(a -> !Values.of(a, customer.path(a)).isEmpty()).forEach(used::add);
    }
    var ordered = new ArrayList<>(ATTRIBUTES);
    ordered.retainAll(used);
    ordered.addAll(free);
    return ordered;
  }

  // -- golden values and their origin

  private List<Golden> golden(JsonNode customer) {
    return attributes(List.of(customer)).stream()
        .map(attribute -> new Golden(attribute, surviving(attribute, at(customer, attribute))))
        .toList();
  }

  private List<Surviving> surviving(String attribute, JsonNode node) {
    var values = Values.of(attribute, node);
    var surviving = new ArrayList<Surviving>();
    for (int i = 0; i < values.size(); i++) {
      surviving.add(surviving(values.get(i), origin(attribute, i)));
    }
    return surviving;
  }

  private JsonNode origin(String attribute, int i) {
    var whole = lineage.path(attribute);
    return whole.isMissingNode() ? lineage.path(attribute + "[" + i + "]") : whole;
  }

  private Surviving surviving(Value value, JsonNode origin) {
    var spoke = Values.text(origin, "spoke");
    return new Surviving(
        value,
        spoke.isEmpty() ? null : spoke,
        Values.text(origin, "recordId"),
        new ShowHistory(now).moment(origin, "changedAt"),
        Values.text(origin, "rule"));
  }

  // -- the source records side by side

  private List<Row> rows(JsonNode customer) {
    var all = new ArrayList<JsonNode>(List.of(customer));
    sources().forEach(record -> all.add(record.path("customer")));
    return attributes(all).stream().map(attribute -> row(attribute, customer)).toList();
  }

  private Row row(String attribute, JsonNode customer) {
    var golden = surviving(attribute, at(customer, attribute));
    var cells = sources().map(record -> cell(attribute, record, golden)).toList();
    var values = golden.stream().map(Surviving::value).toList();
    boolean differs = cells.stream().flatMap(c -> c.said().stream()).anyMatch(s -> !s.agrees());
    return new Row(attribute, values, cells, differs);
  }

  private static Cell cell(String attribute, JsonNode record, List<Surviving> golden) {
    var source = source(record);
    var said =
        Values.of(attribute, at(record.path("customer"), attribute)).stream()
            .map(value -> said(value, source, golden))
            .toList();
    return new Cell(source.spoke(), source.recordId(), said);
  }

  private static Said said(Value value, Source source, List<Surviving> golden) {
    var same = golden.stream().filter(g -> g.value().text().equals(value.text())).toList();
    boolean survives =
        same.stream()
            .anyMatch(
                g -> source.spoke().equals(g.spoke()) && source.recordId().equals(g.recordId()));
    return new Said(value, survives, !same.isEmpty());
  }
}
