package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Attribute;
import io.nave.canonical.AttributeValues;
import io.nave.canonical.Customer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A value that a steward gives, as JSON and as a canonical value. Pure. */
final class PinnedValue {
  private PinnedValue() {}

  /** The value in standard form, or why it was refused. */
  record Answer(JsonNode value, List<Refusal> refusals) {}

  /** Whether there is such an attribute. */
  static boolean isAttribute(String key) {
    return attribute(key).isPresent()
        || key.startsWith(AttributeValues.FREE_FORM)
            && key.length() > AttributeValues.FREE_FORM.length();
  }

  /**
   * Holds the value against the model, as if a spoke had said it, and standardises it. For a list
   * one element may be given instead of all.
   */
  static Answer read(ObservationReader reader, String key, JsonNode given, Instant now) {
    var observation = JsonNodeFactory.instance.objectNode();
    observation.put("spoke", "steward").put("recordId", "pin").put("kind", "patch");
    observation.set("customer", customer(key, given));
    var answer = reader.read(observation, now);
    if (answer instanceof ObservationReader.Refused refused) {
      return new Answer(null, refused.refusals());
    }
    var customer = ((ObservationReader.Read) answer).observation().customer();
    var standard = at(CanonicalJson.tree(customer), key);
    if (standard.isMissingNode() || isLess(standard, given)) {
      return refused("/value", "value: nothing of it is understood (expected: a value of " + key);
    }
    boolean element = isList(key) && !given.isArray();
    return new Answer(element ? standard.get(0) : standard, List.of());
  }

  private static boolean isLess(JsonNode standard, JsonNode given) {
    return given.isArray() && standard.size() < given.size();
  }

  private static Answer refused(String pointer, String message) {
    return new Answer(null, List.of(new Refusal(pointer, message + ")")));
  }

  /** The canonical value: of a list the whole list, or the one element that was given. */
  static Object typed(String key, JsonNode value) {
    var customer = CanonicalJson.read(customer(key, value), Customer.class);
    var found = AttributeValues.of(customer).get(key);
    return isList(key) && !value.isArray() ? ((List<?>) found).get(0) : found;
  }

  /** The part of a customer's JSON that is this attribute. */
  static JsonNode at(JsonNode customer, String key) {
    return key.startsWith(AttributeValues.FREE_FORM)
        ? customer.path("attributes").path(key.substring(AttributeValues.FREE_FORM.length()))
        : customer.path(key);
  }

  private static ObjectNode customer(String key, JsonNode value) {
    var customer = JsonNodeFactory.instance.objectNode();
    if (key.startsWith(AttributeValues.FREE_FORM)) {
      customer
          .putObject("attributes")
          .set(key.substring(AttributeValues.FREE_FORM.length()), value);
    } else if (isList(key) && !value.isArray()) {
      customer.putArray(key).add(value);
    } else {
      customer.set(key, value);
    }
    return customer;
  }

  private static boolean isList(String key) {
    return attribute(key).filter(a -> a.of(StoredRecord.NOTHING) instanceof List<?>).isPresent();
  }

  private static Optional<Attribute> attribute(String key) {
    return Arrays.stream(Attribute.values()).filter(a -> a.key().equals(key)).findFirst();
  }
}
