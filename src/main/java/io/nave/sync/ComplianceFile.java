package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The compliance file of one customer: the golden record and the consents as of any time, and the
 * whole history of consent in order: who changed what, through which door, with which wording, and
 * when each system came to know.
 */
@ApplicationScoped
public class ComplianceFile {
  private final FindCustomers customers;
  private final CustomerHistory versions;
  private final WhoKnows whoKnows;
  private final Spokes spokes;
  private final Clock clock;

  ComplianceFile(
      FindCustomers customers,
      CustomerHistory versions,
      WhoKnows whoKnows,
      Spokes spokes,
      Clock clock) {
    this.customers = customers;
    this.versions = versions;
    this.whoKnows = whoKnows;
    this.spokes = spokes;
    this.clock = clock;
  }

  /**
   * The file.
   *
   * @param asOf null: now
   * @return empty where there is no such customer, or nothing was known of her then; a customer
   *     that was merged has the file of whom she became a part of, under that one's id
   */
  public Optional<ObjectNode> of(UUID customer, Instant asOf) {
    var found = customers.byId(customer).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    if (found.redirectTo() != null) {
      return of(found.redirectTo(), asOf);
    }
    var now = clock.instant();
    var then = versions.asOf(customer, asOf == null ? now : asOf);
    return then.map(version -> file(customer, found.customer(), version, asOf, now));
  }

  private ObjectNode file(
      UUID customer, JsonNode found, CustomerHistory.Version version, Instant asOf, Instant now) {
    var file = JsonNodeFactory.instance.objectNode();
    file.put("customerId", customer.toString());
    file.put("madeAt", now.toString());
    file.put("asOf", (asOf == null ? now : asOf).toString());
    var golden = file.putObject("goldenRecord");
    golden.put("version", version.number()).put("since", version.at().toString());
    golden.set("customer", version.state().path("customer"));
    golden.set("lineage", version.lineage());
    file.set("consents", version.state().path("consents"));
    file.set("preferences", version.state().path("preferences"));
    file.set("records", version.state().path("records"));
    file.set("history", history(customer, found));
    file.set("propagation", CanonicalJson.tree(whoKnows.of(customer)));
    return file;
  }

  // -- who changed what, and who came to know

  private ArrayNode history(UUID customer, JsonNode found) {
    var noticed = whoKnows.history(customer);
    var entries = new ArrayList<JsonNode>();
    found.path("consentHistory").forEach(entries::add);
    entries.sort(
        Comparator.comparing(ComplianceFile::at).thenComparing(e -> e.path("id").asLong()));
    var history = JsonNodeFactory.instance.arrayNode();
    for (var entry : entries) {
      var one = ((ObjectNode) entry).deepCopy();
      one.put("door", door(entry));
      one.set("propagation", propagation(entry, noticed, found));
      history.add(one);
    }
    return history;
  }

  private static Instant at(JsonNode entry) {
    var decided = entry.path("decidedAt").asText("null");
    var at = decided.equals("null") ? entry.path("recordedAt").asText() : decided;
    return OffsetDateTime.parse(at).toInstant();
  }

  private static String door(JsonNode entry) {
    var method = entry.path("evidence").path("method").asText("");
    return method.isEmpty() ? entry.path("spoke").asText() : method;
  }

  private ArrayNode propagation(JsonNode entry, List<Knowing> noticed, JsonNode found) {
    var told = JsonNodeFactory.instance.arrayNode();
    var itself = told.addObject();
    itself.put("spoke", entry.path("spoke").asText());
    itself.put("recordId", entry.path("recordId").asText());
    itself.put("state", "confirmed").put("confirmedBy", "own");
    itself.put("confirmedAt", entry.path("recordedAt").asText());
    var there = new TreeSet<String>();
    there.add(entry.path("spoke").asText());
    for (var one : noticed) {
      if (one.entry() != null && one.entry() == entry.path("id").asLong()) {
        there.add(one.spoke());
        told.add(CanonicalJson.tree(one));
      }
    }
    addImpossible(told, subject(entry), there, found);
    return told;
  }

  private void addImpossible(
      ArrayNode told, Consent.Subject subject, TreeSet<String> there, JsonNode found) {
    var with = new TreeSet<String>();
    found.path("sourceRecords").forEach(record -> with.add(record.path("spoke").asText()));
    for (var spoke : spokes.receiving()) {
      boolean concerned = with.contains(spoke.name()) && !there.contains(spoke.name());
      if (concerned && !spoke.holds(subject)) {
        told.addObject().put("spoke", spoke.name()).put("state", "cannot-hold");
      }
    }
  }

  private static Consent.Subject subject(JsonNode entry) {
    return new Consent.Subject(
        entry.path("purpose").asText(),
        entry.path("channel").asText(),
        entry.hasNonNull("topic") ? entry.path("topic").asText() : null,
        entry.hasNonNull("brand") ? entry.path("brand").asText() : null,
        entry.hasNonNull("boundTo") ? entry.path("boundTo").asText() : null);
  }
}
