package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Which customers an operator wants a system to be compared with again. What is null does not
 * matter; where all is, every customer is meant.
 *
 * @param customer one customer
 * @param query words by which people find customers
 * @param since customers that changed at that time or later
 * @param until customers that changed before that time
 * @param audit customers with a record that this audit found to differ
 * @param quiet whether the vendor's automations are not to be set off, where it offers a way
 * @param dryRun whether it is only counted what would be done
 */
public record ReplayWish(
    String spoke,
    UUID customer,
    String query,
    Instant since,
    Instant until,
    Long audit,
    boolean quiet,
    boolean dryRun) {

  /** As an operator wishes it, who names no audit. */
  public ReplayWish(
      String spoke,
      UUID customer,
      String query,
      Instant since,
      Instant until,
      boolean quiet,
      boolean dryRun) {
    this(spoke, customer, query, since, until, null, quiet, dryRun);
  }

  static ReplayWish ofAudit(String spoke, long audit) {
    return new ReplayWish(spoke, null, null, null, null, audit, false, false);
  }

  /** Whether nothing is said of which customers. */
  public boolean isAll() {
    return customer == null && query == null && since == null && until == null && audit == null;
  }

  ObjectNode what() {
    var what = JsonNodeFactory.instance.objectNode();
    put(what, "customer", customer);
    put(what, "query", query);
    put(what, "since", since);
    put(what, "until", until);
    put(what, "audit", audit);
    return what;
  }

  private static void put(ObjectNode what, String name, Object value) {
    if (value != null) {
      what.put(name, value.toString());
    }
  }

  /** For the operators' log: a query may name somebody, so it is left out. */
  ObjectNode withoutNames() {
    var what = what().put("spoke", spoke);
    return query == null ? what : what.put("query", "…");
  }

  static ReplayWish of(String spoke, JsonNode what, boolean quiet, boolean dryRun) {
    var customer = what.path("customer").textValue();
    return new ReplayWish(
        spoke,
        customer == null ? null : UUID.fromString(customer),
        what.path("query").textValue(),
        time(what, "since"),
        time(what, "until"),
        what.hasNonNull("audit") ? Long.valueOf(what.path("audit").asText()) : null,
        quiet,
        dryRun);
  }

  private static Instant time(JsonNode what, String name) {
    var text = what.path(name).textValue();
    return text == null ? null : Instant.parse(text);
  }
}
