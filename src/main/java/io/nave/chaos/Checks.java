package io.nave.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true when all is over: of the hub, and of every record in every system. */
final class Checks {
  private final Plan plan;
  private final Map<String, List<Screens.Row>> rows;
  private final HubView hub;
  private final Set<Integer> forgotten;
  private final Set<String> unseen;
  private final Map<String, List<String>> broken = new LinkedHashMap<>();

  /**
   * @param rows what the systems hold at the end, by name
   * @param forgotten those of whom the hub lost what it knew, so that it can only know what one of
   *     the systems says; all must say the same
   * @param unseen the records of which a system lost a change before anybody could see it; the same
   *     holds of their persons
   */
  Checks(
      Plan plan,
      Map<String, List<Screens.Row>> rows,
      HubView hub,
      Set<Integer> forgotten,
      Set<String> unseen) {
    this.plan = plan;
    this.rows = rows;
    this.hub = hub;
    this.forgotten = forgotten;
    this.unseen = unseen;
  }

  /** By name, what is broken. */
  Map<String, List<String>> run(List<Facts> truth) throws IOException, InterruptedException {
    var links = hub.crosswalk();
    var byEmail = byEmail();
    for (int person = 0; person < truth.size(); person++) {
      var facts = truth.get(person);
      var records = byEmail.getOrDefault(facts.email(), Map.of());
      present(person, facts, records);
      var customers = customers(facts, records, links);
      boolean isLost =
          forgotten.contains(person) || records.keySet().stream().anyMatch(unseen::contains);
      if (isLost && isKnown(customers)) {
        facts = hub.customer(customers.iterator().next());
      } else {
        golden(facts, customers);
      }
      holds(records, facts);
    }
    strangers(truth, byEmail);
    return broken;
  }

  /** By e-mail address, the records by {@code spoke:id}. */
  private Map<String, Map<String, Screens.Row>> byEmail() {
    var byEmail = new HashMap<String, Map<String, Screens.Row>>();
    rows.forEach(
        (spoke, all) ->
            all.forEach(
                row ->
                    byEmail
                        .computeIfAbsent(row.facts().email(), e -> new LinkedHashMap<>())
                        .put(spoke + ":" + row.id(), row)));
    return byEmail;
  }

  private void note(String check, List<String> what) {
    broken.computeIfAbsent(check, name -> new ArrayList<>()).addAll(what);
  }

  private void present(int person, Facts facts, Map<String, Screens.Row> records) {
    var wrong = new ArrayList<String>();
    for (var spoke : plan.spokesOf(person)) {
      long n = records.keySet().stream().filter(key -> key.startsWith(spoke + ":")).count();
      if (n != 1) {
        wrong.add("%s: %d records of %s (expected: 1)".formatted(spoke, n, facts.email()));
      }
    }
    note("everybody has one record in each system", wrong);
  }

  private Set<String> customers(
      Facts facts, Map<String, Screens.Row> records, Map<String, String> links) {
    var customers = new HashSet<String>();
    records.keySet().forEach(record -> customers.add(links.getOrDefault(record, "unknown")));
    note(
        "the records of a person are one customer",
        isKnown(customers)
            ? List.of()
            : List.of(
                "%s: customers %s of %s".formatted(facts.email(), customers, records.keySet())));
    return customers;
  }

  private static boolean isKnown(Set<String> customers) {
    return customers.size() == 1 && !customers.contains("unknown");
  }

  private void golden(Facts facts, Set<String> customers) throws IOException, InterruptedException {
    for (var customer : customers) {
      if (!customer.equals("unknown")) {
        note(
            "golden records and ledger say what happened",
            hub.customer(customer).against(facts).stream()
                .map(difference -> customer + " " + difference)
                .toList());
      }
    }
  }

  private void holds(Map<String, Screens.Row> records, Facts truth) {
    records.forEach(
        (record, row) ->
            note(
                "every record holds what happened, consent included",
                row.holding(truth).against(truth).stream()
                    .map(difference -> record + " " + difference)
                    .toList()));
  }

  private void strangers(List<Facts> truth, Map<String, Map<String, Screens.Row>> byEmail) {
    var known = new HashSet<String>();
    truth.forEach(facts -> known.add(facts.email()));
    note(
        "no system holds anybody else",
        byEmail.entrySet().stream()
            .filter(one -> !known.contains(one.getKey()))
            .map(one -> one.getValue().keySet() + " " + one.getKey())
            .toList());
  }
}
