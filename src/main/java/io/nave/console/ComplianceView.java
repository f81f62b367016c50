package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The compliance file of a customer, as a page that can be printed. */
public record ComplianceView(
    String id,
    String name,
    String lang,
    Moment made,
    Moment asOf,
    String day,
    String version,
    List<CustomerView.Golden> golden,
    List<CustomerView.Allowed> consents,
    List<Step> history,
    MatrixView matrix) {

  /** One entry of the ledger. */
  public record Step(
      String id,
      CustomerView.Subject subject,
      String state,
      Moment decided,
      Moment recorded,
      String spoke,
      String door,
      String actor,
      String wording,
      List<String> evidence,
      List<Told> told) {}

  /** A system, and when it came to know. */
  public record Told(String spoke, String state, Moment at, String by, String reason) {}

  static ComplianceView of(JsonNode file, String day, MatrixView matrix, Instant now) {
    var customer = file.at("/goldenRecord/customer");
    var show = new ShowHistory(now);
    return new ComplianceView(
        Values.text(file, "customerId"),
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        moment(file, "madeAt", now),
        moment(file, "asOf", now),
        day,
        Numbers.whole(file.at("/goldenRecord/version").asLong()),
        golden(customer),
        show.consents(file.path("consents")),
        each(file.path("history")).stream().map(entry -> step(entry, now)).toList(),
        matrix);
  }

  private static List<CustomerView.Golden> golden(JsonNode customer) {
    return ShowCustomer.attributes(List.of(customer)).stream()
        .map(key -> new CustomerView.Golden(key, values(key, ShowCustomer.at(customer, key))))
        .toList();
  }

  private static List<CustomerView.Surviving> values(String key, JsonNode node) {
    return Values.of(key, node).stream()
        .map(value -> new CustomerView.Surviving(value, null, null, null, null))
        .toList();
  }

  private static Step step(JsonNode entry, Instant now) {
    var evidence = entry.path("evidence");
    return new Step(
        entry.path("id").asText(),
        new CustomerView.Subject(
            Values.text(entry, "purpose"),
            orNull(entry, "channel"),
            orNull(entry, "topic"),
            orNull(entry, "brand"),
            orNull(entry, "boundTo")),
        Values.text(entry, "state"),
        moment(entry, "decidedAt", now),
        moment(entry, "recordedAt", now),
        Values.text(entry, "spoke"),
        Values.text(entry, "door"),
        orNull(evidence, "actor"),
        wording(evidence),
        proofs(evidence),
        each(entry.path("propagation")).stream().map(one -> told(one, now)).toList());
  }

  private static String wording(JsonNode evidence) {
    var wording = orNull(evidence, "wording");
    return wording == null ? orNull(evidence, "notice") : wording;
  }

  private static List<String> proofs(JsonNode evidence) {
    var proofs = new ArrayList<String>();
    for (var one : evidence.properties()) {
      if (!List.of("actor", "wording", "method").contains(one.getKey())) {
        var value = one.getValue();
        proofs.add(one.getKey() + ": " + (value.isValueNode() ? value.asText() : value.toString()));
      }
    }
    return proofs;
  }

  private static Told told(JsonNode one, Instant now) {
    var at = moment(one, "confirmedAt", now);
    return new Told(
        Values.text(one, "spoke"),
        Values.text(one, "state"),
        at == null ? moment(one, "sentAt", now) : at,
        orNull(one, "confirmedBy"),
        orNull(one, "reason"));
  }

  private static List<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private static String orNull(JsonNode node, String field) {
    var text = Values.text(node, field);
    return text.isEmpty() ? null : text;
  }

  private static Moment moment(JsonNode node, String field, Instant now) {
    var text = orNull(node, field);
    return text == null ? null : Moment.of(OffsetDateTime.parse(text).toInstant(), now);
  }
}
