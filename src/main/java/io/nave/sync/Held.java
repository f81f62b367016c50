package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.canonical.AttributeValues;
import io.nave.canonical.Consent;
import io.nave.canonical.Customer;
import io.nave.canonical.Echo;
import io.nave.canonical.Observation;
import io.nave.canonical.Preference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a spoke's record is known to hold, in the shape in which the spoke reports it: what the hub
 * wrote there, and what the spoke said since.
 */
public record Held(Customer customer, List<Consent> consents, List<Preference> preferences) {

  public Held {
    consents = consents == null ? List.of() : consents;
    preferences = preferences == null ? List.of() : preferences;
  }

  /**
   * What is held after the spoke said this.
   *
   * @param before what the hub has written over since: a report that repeats it comes late
   */
  Held after(Observation observation, List<Held> before) {
    var values = new LinkedHashMap<>(AttributeValues.of(customer));
    var stated = AttributeValues.of(observation.customer());
    var keys = new HashSet<>(observation.stated());
    keys.addAll(stated.keySet());
    for (var key : keys) {
      var value = stated.get(key);
      if (before.stream().anyMatch(one -> Echo.isEchoInAnyOrder(value, one.valueOf(key)))) {
        continue;
      }
      values.remove(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    var wishes = new ArrayList<>(preferences);
    for (var wish : observation.preferences()) {
      wishes.removeIf(known -> known.name().equals(wish.name()));
      wishes.add(wish);
    }
    return new Held(AttributeValues.toCustomer(values), consents, wishes)
        .saying(observation.consents());
  }

  /** The same with these consents in place of what it holds on their subjects. */
  Held saying(List<Consent> said) {
    var latest = new ArrayList<>(consents);
    for (var consent : said) {
      latest.removeIf(known -> known.subject().equals(consent.subject()));
      latest.add(consent);
    }
    return new Held(customer, latest, preferences);
  }

  /** What is held after a write that changes no consent; null where there is none. */
  Held within(Held written) {
    return written == null ? null : new Held(written.customer, consents, written.preferences);
  }

  /** The same without consents on these subjects. */
  Held silentOn(List<Consent.Subject> subjects) {
    var others = consents.stream().filter(one -> !subjects.contains(one.subject())).toList();
    return new Held(customer, others, preferences);
  }

  Object valueOf(String key) {
    return AttributeValues.of(customer).get(key);
  }

  /** The attributes that are not the same in both. */
  Set<String> differing(Held other) {
    var own = AttributeValues.of(customer);
    var others = AttributeValues.of(other.customer());
    var keys = new HashSet<>(own.keySet());
    keys.addAll(others.keySet());
    keys.removeIf(key -> Objects.equals(own.get(key), others.get(key)));
    return keys;
  }

  /** The same with some attributes of another. */
  Held with(Set<String> keys, Held other) {
    var values = new LinkedHashMap<>(AttributeValues.of(customer));
    values.keySet().removeAll(keys);
    var others = AttributeValues.of(other.customer());
    keys.stream().filter(others::containsKey).forEach(key -> values.put(key, others.get(key)));
    return new Held(AttributeValues.toCustomer(values), consents, preferences);
  }

  /** What is known of a record: what was written or read there, else its own statement. */
  static Held known(String held, String content, String consents, String preferences) {
    if (held != null) {
      return CanonicalJson.read(held, Held.class);
    }
    return content == null ? null : stated(content, consents, preferences);
  }

  /** What the spoke itself says. */
  static Held stated(String content, String consents, String preferences) {
    return new Held(
        CanonicalJson.read(content, Customer.class),
        CanonicalJson.readList(consents, StatedConsent.class).stream()
            .map(StatedConsent::consent)
            .toList(),
        CanonicalJson.readList(preferences, Preference.class));
  }

  /** As the state of a customer, for mapping it into the spoke's own shape. */
  JsonNode view() {
    var node = JsonNodeFactory.instance.objectNode();
    node.set("customer", CanonicalJson.tree(customer));
    node.set("consents", CanonicalJson.tree(consents));
    node.set("preferences", CanonicalJson.tree(preferences));
    return node;
  }
}
