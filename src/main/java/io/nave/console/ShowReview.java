package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Fold;
import io.nave.console.ReviewView.Compared;
import io.nave.console.ReviewView.OneTask;
import io.nave.console.ReviewView.Person;
import io.nave.console.ReviewView.Side;
import io.nave.sync.Evidence;
import io.nave.sync.Reviews;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays out one review task side by side. Pure. */
final class ShowReview {
  private ShowReview() {}

  static OneTask task(Reviews.Among among, JsonNode one, JsonNode other, Evidence evidence) {
    var task = among.task();
    return new OneTask(
        Numbers.whole(among.number()),
        Numbers.whole(among.open()),
        link(task),
        task.cursor(),
        task.a().toString(),
        task.b().toString(),
        task.rule(),
        EvidenceView.weight(task.weight()),
        task.outcome().equals("MATCH"),
        person(one),
        person(other),
        EvidenceView.of(evidence),
        compared(one.path("customer"), other.path("customer")),
        among.next() == null ? null : link(among.next()),
        among.previous() == null ? null : link(among.previous()));
  }

  static String link(Reviews.Task task) {
    return "/review/" + task.customerA() + "/" + task.customerB();
  }

  static Person person(JsonNode found) {
    var customer = found.path("customer");
    var records = found.has("sourceRecords") ? found.path("sourceRecords") : found.path("records");
    return new Person(
        Values.text(found, "customerId"),
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        ShowCustomer.spokes(records));
  }

  private static List<Compared> compared(JsonNode one, JsonNode other) {
    return ShowCustomer.attributes(List.of(one, other)).stream()
        .map(attribute -> compared(attribute, one, other))
        .toList();
  }

  private static Compared compared(String attribute, JsonNode one, JsonNode other) {
    var left = Values.of(attribute, ShowCustomer.at(one, attribute));
    var right = Values.of(attribute, ShowCustomer.at(other, attribute));
    return new Compared(attribute, sides(left, right), sides(right, left));
  }

  private static List<Side> sides(List<Value> values, List<Value> others) {
    Set<String> known = others.stream().map(ShowReview::folded).collect(Collectors.toSet());
    return values.stream().map(v -> new Side(v, known.contains(folded(v)))).toList();
  }

  private static String folded(Value value) {
    return Fold.text(value.text());
  }
}
