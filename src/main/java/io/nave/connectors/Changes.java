package io.nave.connectors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Kamelets need to send only what differs: {@code
 * ${bean:type:io.nave.connectors.Changes?method=between(${body[before]}, ${body[record]})}}.
 */
public final class Changes {
  private Changes() {}

  /**
   * The fields of {@code record} that differ from {@code before}, and a null for each that is gone.
   *
   * @param before null counts as empty
   */
  public static Map<String, Object> between(
      Map<String, Object> before, Map<String, Object> record) {
    var held = before == null ? Map.<String, Object>of() : before;
    var changes = new LinkedHashMap<String, Object>();
    record.forEach(
        (field, value) -> {
          if (!Objects.equals(held.get(field), value)) {
            changes.put(field, value);
          }
        });
    held.keySet().stream()
        .filter(field -> held.get(field) != null && !record.containsKey(field))
        .forEach(field -> changes.put(field, null));
    return changes;
  }

  /** What a sink Kamelet leaves as its body. */
  public static Map<String, Object> written(String recordId) {
    return Map.of("recordId", recordId);
  }

  /**
   * The same, where the spoke keeps its own value of some fields.
   *
   * @param left JSON pointers to the fields of {@code record} that were not taken
   */
  public static Map<String, Object> written(String recordId, List<String> left) {
    return left.isEmpty() ? written(recordId) : Map.of("recordId", recordId, "left", left);
  }

  /** What a sink Kamelet leaves after {@code read}; null: the spoke has no such record. */
  public static Map<String, Object> found(Map<String, Object> record) {
    return record == null ? Map.of("gone", true) : Map.of("record", record);
  }
}
