package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent;
import io.nave.consent.ConsentFold;
import io.nave.consent.Reach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A record as it should be, beside how it is known or was found to be, both in the spoke's own
 * shape. Pure.
 *
 * @param wanted null where the spoke cannot hold the customer, or nothing is to be delivered
 * @param held null for a record that is to be created
 * @param stops whether a stop was found there that the hub has not heard of; it counts as if the
 *     record held what it should
 * @param corrected what the record holds after all, where the hub believed something else; else
 *     null
 * @param left the attributes that somebody has just changed there, and that are left alone
 */
record Compared(JsonNode wanted, JsonNode held, boolean stops, Held corrected, Set<String> left) {

  /**
   * With what was found there, if anybody looked; else with what is known. Fails as the spoke's
   * mappings do.
   */
  static Compared of(Spoke spoke, DueDelivery due) {
    return of(spoke, due, false);
  }

  /**
   * The same for a delivery. But for a replay, what is neither as the hub knew it, nor as it may
   * have written it, nor as the spoke has said, was changed there since: that is left alone until
   * the spoke reports it.
   */
  static Compared toDeliver(Spoke spoke, DueDelivery due) {
    return of(spoke, due, due.replay() == null);
  }

  private static Compared of(Spoke spoke, DueDelivery due, boolean leavesChangesAlone) {
    var wanted = due.obsolete() ? null : record(spoke, due, CanonicalJson.parse(due.state()));
    var known = record(spoke, due, due.known());
    if (due.looked() == null || wanted == null) {
      return new Compared(wanted, known, false, null, Set.of());
    }
    var expected = spoke.reportedBack(wanted);
    var heard = heard(due);
    var found =
        Reading.heedingStops(
            due.looked(),
            expected.consents(),
            heard,
            one -> isSaidSince(one, due) || leavesChangesAlone && isUnheardYes(one, due));
    var there =
        record(
            spoke,
            due,
            leavesChangesAlone ? found : Reading.withDatesOf(expected.consents(), found));
    var left = Set.<String>of();
    if (leavesChangesAlone && there != null) {
      var ours = ours(there, ofTheHub(spoke, due, known, expected), wanted);
      var seen = spoke.reportedBack(there);
      var changed = seen.differing(spoke.reportedBack(ours));
      var unchanged = record(spoke, due, found.with(changed, expected));
      var whole = unchanged == null ? ours : whole(ours, there, unchanged, wanted);
      left = seen.differing(spoke.reportedBack(whole));
      there = whole;
    }
    boolean stops = Reading.holdsUnheardStop(due.looked(), expected.consents(), heard);
    var corrected = wanted.equals(known) ? null : believed(expected, left, due);
    return new Compared(wanted, there, stops, corrected, left);
  }

  /**
   * An attribute that somebody changed is left alone in all its fields: one of them, such as the
   * town, may be as the hub knew it once.
   *
   * @param unchanged what would be there had nobody changed the attribute
   */
  private static JsonNode whole(
      JsonNode ours, JsonNode there, JsonNode unchanged, JsonNode wanted) {
    if (isSame(there, unchanged)) {
      return ours;
    }
    if (!(ours instanceof ObjectNode) || !there.isObject() || !unchanged.isObject()) {
      return wanted;
    }
    ObjectNode whole = ours.deepCopy();
    for (var field : fields(there, unchanged)) {
      var value = whole(at(ours, field), at(there, field), at(unchanged, field), at(wanted, field));
      set(whole, field, value);
    }
    return whole;
  }

  private static Set<String> fields(JsonNode a, JsonNode b) {
    var fields = new LinkedHashSet<String>();
    a.fieldNames().forEachRemaining(fields::add);
    b.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static void set(ObjectNode record, String field, JsonNode value) {
    if (value.isMissingNode()) {
      record.remove(field);
    } else {
      record.set(field, value);
    }
  }

  /** What was left alone is believed to be as it was: it was not written. */
  Held believed(Held expected, DueDelivery due) {
    return believed(expected, left, due);
  }

  private static Held believed(Held expected, Set<String> left, DueDelivery due) {
    return left.isEmpty() || due.known() == null ? expected : expected.with(left, due.known());
  }

  /** A yes where the hub knows a no, and where no try of its own may still have written it. */
  private static boolean isUnheardYes(Consent found, DueDelivery due) {
    return !mayBeOfATry(found, due)
        && due.known() != null
        && found.state() == Consent.State.granted
        && due.known().consents().stream()
            .anyMatch(
                one ->
                    one.subject().equals(found.subject()) && one.state() != Consent.State.granted);
  }

  private static boolean mayBeOfATry(Consent found, DueDelivery due) {
    return due.begun().stream()
        .flatMap(held -> held.consents().stream())
        .anyMatch(
            one -> one.state() == found.state() && Reach.meet(one.subject(), found.subject()));
  }

  /** What is known of consent there, but for what was decided anew since. */
  private static List<Consent> heard(DueDelivery due) {
    var since =
        due.looked().consents().stream()
            .filter(found -> isSaidSince(found, due))
            .map(Consent::subject)
            .toList();
    return Stream.concat(Stream.ofNullable(due.known()), due.begun().stream())
        .flatMap(held -> held.consents().stream())
        .filter(one -> !since.contains(one.subject()))
        .toList();
  }

  private static List<JsonNode> ofTheHub(
      Spoke spoke, DueDelivery due, JsonNode known, Held expected) {
    var earlier = Stream.concat(due.begun().stream(), due.past().stream()).toList();
    var records = earlier.stream().map(held -> record(spoke, due, held));
    var unfinished = unfinished(due, expected).map(held -> record(spoke, due, held));
    return Stream.of(Stream.of(known), records, unfinished)
        .flatMap(all -> all)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * A record that says nothing where a stop should be may be one that the hub has half written: a
   * stop is written there in any case.
   */
  private static Stream<Held> unfinished(DueDelivery due, Held expected) {
    var said = due.looked().consents().stream().map(Consent::subject).toList();
    var silent =
        expected.consents().stream()
            .filter(one -> ConsentFold.isStop(one.state()))
            .map(Consent::subject)
            .filter(subject -> !said.contains(subject))
            .toList();
    boolean isTried = due.unsure() != null || !due.begun().isEmpty();
    return isTried && !silent.isEmpty()
        ? Stream.concat(Stream.ofNullable(due.known()), due.begun().stream())
            .map(held -> held.silentOn(silent))
        : Stream.of();
  }

  /**
   * Whether what was found was decided after what the hub has heard of it, and after the hub wrote
   * consent there last: it is on its way to the hub.
   */
  private static boolean isSaidSince(Consent found, DueDelivery due) {
    boolean mayBeTheHubs = due.toldAt() == null || mayBeOfATry(found, due);
    if (mayBeTheHubs || found.decidedAt() == null) {
      return false;
    }
    var heard = CanonicalJson.parse(due.state()).path("consents");
    var dates =
        CanonicalJson.readList(heard, Consent.class).stream()
            .filter(one -> Reach.meet(one.subject(), found.subject()))
            .map(Consent::decidedAt)
            .toList();
    return found.decidedAt().isAfter(due.toldAt().plus(ApplyObservation.CLOCKS_DIFFER))
        && !dates.isEmpty()
        && dates.stream().allMatch(date -> date != null && found.decidedAt().isAfter(date));
  }

  /**
   * What is there, with what is wanted in place of what is not the hub's.
   *
   * @param ofTheHub what the hub knew to be there, or may have written
   */
  static JsonNode ours(JsonNode there, List<JsonNode> ofTheHub, JsonNode wanted) {
    if (there.isArray()) {
      return isOfThese(there, ofTheHub) ? there : wanted;
    }
    if (!(wanted instanceof ObjectNode)) {
      return ofTheHub.stream().anyMatch(one -> isSame(there, one)) ? there : wanted;
    }
    ObjectNode ours = wanted.deepCopy();
    for (var field : fields(wanted, there)) {
      var known = ofTheHub.stream().map(one -> at(one, field)).toList();
      set(ours, field, ours(at(there, field), known, at(wanted, field)));
    }
    return ours;
  }

  /**
   * A list may hold a part of what was written, and what is to be removed: the vendor takes some
   * lists element by element. A flag, such as which one is the default, makes no other element, nor
   * does a list within it, which may have been written below another one.
   */
  private static boolean isOfThese(JsonNode there, List<? extends JsonNode> ofTheHub) {
    var ours = new ArrayList<JsonNode>();
    ofTheHub.forEach(list -> list.forEach(ours::add));
    var bare = ours.stream().map(Compared::bare).collect(Collectors.toSet());
    return elements(there)
        .allMatch(
            element ->
                bare.contains(bare(element))
                    && element.properties().stream()
                        .filter(field -> field.getValue().isArray())
                        .allMatch(
                            field -> isWithin(field.getValue(), within(ours, field.getKey()))));
  }

  private static boolean isWithin(JsonNode there, ArrayNode ours) {
    return isOfThese(there, List.of(ours));
  }

  private static ArrayNode within(List<JsonNode> elements, String field) {
    var all = JsonNodeFactory.instance.arrayNode();
    elements.forEach(element -> element.path(field).forEach(all::add));
    return all;
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static JsonNode bare(JsonNode element) {
    if (!(element instanceof ObjectNode)) {
      return element;
    }
    ObjectNode bare = element.deepCopy();
    bare.properties()
        .removeIf(
            field ->
                field.getValue().isBoolean()
                    || field.getValue().isNull()
                    || field.getValue().isArray());
    return bare;
  }

  private static JsonNode at(JsonNode record, String field) {
    return record == null ? MissingNode.getInstance() : record.path(field);
  }

  /** Null and absent are one. */
  private static boolean isSame(JsonNode a, JsonNode b) {
    return a.isNull() || a.isMissingNode() ? b.isNull() || b.isMissingNode() : a.equals(b);
  }

  /** Whether nothing has to be written. */
  boolean isSame() {
    return wanted != null && wanted.equals(held);
  }

  private static JsonNode record(Spoke spoke, DueDelivery due, Held held) {
    return held == null ? null : record(spoke, due, held.view());
  }

  private static JsonNode record(Spoke spoke, DueDelivery due, JsonNode state) {
    var view = new Spoke.View(due.recordId(), due.customerId(), due.version(), state);
    return spoke.toRecord(view).orElse(null);
  }
}
