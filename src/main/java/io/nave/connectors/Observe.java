package io.nave.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.sync.CanonicalJson;
import io.nave.sync.Quarantine;
import io.nave.sync.ReceiveObservations;
import io.nave.sync.Translation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bean {@code observe} behind {@code kamelet:nave-observe}: translates vendor records and puts
 * them into the log. When it returns, every record is durable in the log or in quarantine.
 */
@ApplicationScoped
@Named("observe")
class Observe implements Translation {
  private final ReceiveObservations receive;
  private final Quarantine quarantine;
  private final Clock clock;
  private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();

  Observe(ReceiveObservations receive, Quarantine quarantine, Clock clock) {
    this.receive = receive;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  void translateWith(String spoke, Mapping toCanonical) {
    mappings.put(spoke, toCanonical);
  }

  /**
   * Takes a vendor record or a list of them: a Map, a JSON tree, text or bytes.
   *
   * @throws io.nave.sync.ObservationLog.LogUnavailable where the log cannot take them now: nothing
   *     may be acknowledged to the vendor
   */
  public void receive(String spoke, Object body) {
    var items = new ArrayList<JsonNode>();
    var sources = new ArrayList<Object>();
    for (var record : records(body)) {
      try {
        for (var item : translate(spoke, json(record))) {
          items.add(item);
          sources.add(record);
        }
      } catch (RuntimeException untranslatable) {
        quarantine.add(spoke, untranslatable.getMessage(), text(record));
      }
    }
    var refusals = new TreeMap<Integer, String>();
    receive
        .receive(items)
        .refused()
        .forEach(one -> refusals.merge(one.index(), one.message(), (a, b) -> a + "; " + b));
    refusals.forEach((index, cause) -> quarantine.add(spoke, cause, text(sources.get(index))));
  }

  @Override
  public List<JsonNode> translate(String spoke, JsonNode record) {
    var mapping = mappings.get(spoke);
    if (mapping == null) {
      throw new IllegalStateException("spoke: " + spoke + " (expected: one that is connected)");
    }
    var mapped = mapping.apply(record, spoke, clock.instant());
    var observations = new ArrayList<JsonNode>();
    mapped.ifPresent(
        node -> {
          if (node.isArray()) {
            node.forEach(one -> observations.add(named(spoke, one)));
          } else {
            observations.add(named(spoke, node));
          }
        });
    return observations;
  }

  private static JsonNode named(String spoke, JsonNode observation) {
    return observation instanceof ObjectNode object ? object.put("spoke", spoke) : observation;
  }

  private static Collection<?> records(Object body) {
    if (body instanceof Collection<?> list) {
      return list;
    }
    if (body instanceof JsonNode node && node.isArray()) {
      var list = new ArrayList<JsonNode>();
      node.forEach(list::add);
      return list;
    }
    return body == null ? List.of() : List.of(body);
  }

  private static JsonNode json(Object record) {
    if (record instanceof JsonNode node) {
      return node;
    }
    if (record instanceof byte[] bytes) {
      return CanonicalJson.parse(bytes);
    }
    return record instanceof String text ? CanonicalJson.parse(text) : CanonicalJson.tree(record);
  }

  private static String text(Object record) {
    if (record instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return record instanceof String text ? text : CanonicalJson.text(record);
  }
}
