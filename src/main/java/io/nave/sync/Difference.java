package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.canonical.Attribute;
import io.nave.canonical.AttributeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** What differs between two versions of a customer, attribute by attribute. Pure. */
public final class Difference {
  private static final List<String> BESIDES =
      List.of("consents", "preferences", "records", "deleted", "mergedInto");

  private Difference() {}

  /**
   * One attribute that differs, or one of the parts besides the customer: {@code consents}, {@code
   * preferences}, {@code records}, {@code deleted}, {@code mergedInto}.
   *
   * @param from what it was: null for nothing
   * @param to what it became: null for nothing
   * @param fromLineage where it came from: one origin, of a list one for each element; or null
   * @param toLineage where it comes from
   */
  public record Change(
      String attribute, JsonNode from, JsonNode to, JsonNode fromLineage, JsonNode toLineage) {

    /** The origins of what it became; where it became nothing, of what it was. */
    public List<JsonNode> origins() {
      var of = to != null ? toLineage : fromLineage;
      var origins = new ArrayList<JsonNode>();
      if (of != null && of.isArray()) {
        of.forEach(origins::add);
      } else if (of != null) {
        origins.add(of);
      }
      return origins;
    }
  }

  /**
   * @param before the older version; null for nothing at all
   */
  public static List<Change> between(
      CustomerHistory.Version before, CustomerHistory.Version after) {
    var was = before == null ? JsonNodeFactory.instance.objectNode() : before.state();
    var wasFrom = before == null ? was : before.lineage();
    var changes =
        ofCustomers(was.path("customer"), wasFrom, after.state().path("customer"), after.lineage());
    for (var part : BESIDES) {
      var from = value(was.path(part));
      var to = value(after.state().path(part));
      if (!isSame(from, to)) {
        changes.add(new Change(part, from, to, null, null));
      }
    }
    return changes;
  }

  /** What differs between two golden records, each with its lineage. */
  static List<Change> ofCustomers(
      JsonNode was, JsonNode wasFrom, JsonNode customer, JsonNode lineage) {
    var changes = new ArrayList<Change>();
    for (var key : attributes(was, customer)) {
      var from = value(PinnedValue.at(was, key));
      var to = value(PinnedValue.at(customer, key));
      if (!Objects.equals(from, to)) {
        changes.add(new Change(key, from, to, lineage(wasFrom, key), lineage(lineage, key)));
      }
    }
    return changes;
  }

  /** Not being deleted is the same before the first version. */
  private static boolean isSame(JsonNode from, JsonNode to) {
    return Objects.equals(from, to) || from == null && to.isBoolean() && !to.booleanValue();
  }

  private static List<String> attributes(JsonNode one, JsonNode other) {
    var keys = new ArrayList<String>();
    for (var attribute : Attribute.values()) {
      keys.add(attribute.key());
    }
    var free = new TreeSet<String>();
    for (var customer : List.of(one, other)) {
      customer
          .path("attributes")
          .fieldNames()
          .forEachRemaining(key -> free.add(AttributeValues.FREE_FORM + key));
    }
    keys.addAll(free);
    return keys;
  }

  private static JsonNode value(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node;
  }

  /** The attribute's origin in a lineage; of a list an array, an element each; null for none. */
  public static JsonNode lineage(JsonNode lineage, String key) {
    var one = value(lineage.path(key));
    if (one != null) {
      return one;
    }
    var each = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; lineage.has(key + "[" + i + "]"); i++) {
      each.add(lineage.get(key + "[" + i + "]"));
    }
    return each.isEmpty() ? null : each;
  }
}
