package io.nave.connectors.salesforce;

import io.nave.connectors.Changes;
import io.nave.platform.VendorError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The request that writes a delivery, or reads a record.
 *
 * @param method PATCH, DELETE or GET
 * @param path below /sobjects
 * @param recordId null when creating
 * @param fields what is sent
 * @param needed false where nothing differs
 */
public record Write(
    String method, String path, String recordId, Map<String, Object> fields, boolean needed) {

  private static final List<String> TICKS = List.of("HasOptedOutOfEmail", "DoNotCall");

  /** Fields of contacts that not every org has. */
  static final List<String> PREFERENCES =
      List.of(
          "Nave_Contact_Channel__c",
          "Nave_Interests__c",
          "Nave_Frequency__c",
          "Nave_Quiet_Hours__c",
          "Nave_Language__c");

  private static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "NOT_FOUND");

  /** Throws the refusal, but where a delete or a read finds nothing: that is an answer. */
  public void refuse(VendorError refusal) {
    if (method.equals("PATCH") || !GONE.contains(refusal.code())) {
      throw refusal;
    }
  }

  public boolean isRead() {
    return method.equals("GET");
  }

  /**
   * What the sink leaves after a read. Without its id, as the hub writes a record: so each tick
   * says yes or no, also one that is not there.
   */
  @SuppressWarnings("unchecked")
  public Map<String, Object> found(Object answer) {
    if (!(answer instanceof Map<?, ?> record)) {
      return Changes.found(null);
    }
    Map<String, Object> found = new LinkedHashMap<>((Map<String, Object>) record);
    found.remove("Id");
    found.remove("LastModifiedDate"); // says nothing of when a tick was set
    found.values().removeIf(Objects::isNull);
    return Changes.found(Boolean.TRUE.equals(found.get("IsDeleted")) ? null : found);
  }

  /**
   * Reads what the hub hands to a sink Kamelet.
   *
   * @param preferences {@code true} where the org has the fields of preferences
   */
  public static Write of(Map<String, Object> delivery, String preferences) {
    var write = request(delivery);
    if (!Boolean.parseBoolean(preferences) && write.fields().keySet().removeAll(PREFERENCES)) {
      boolean needed = write.recordId() == null || !write.fields().isEmpty();
      return new Write(write.method(), write.path(), write.recordId(), write.fields(), needed);
    }
    return write;
  }

  /** As if the org had all fields. */
  @SuppressWarnings("unchecked")
  private static Write request(Map<String, Object> delivery) {
    Map<String, Object> record = (Map<String, Object>) delivery.get("record");
    String recordId = (String) delivery.get("recordId");
    return switch (String.valueOf(delivery.get("operation"))) {
      case "create" -> create(String.valueOf(delivery.get("customerId")), record);
      case "update" -> update(recordId, (Map<String, Object>) delivery.get("before"), record);
      case "delete" -> new Write("DELETE", path(recordId), recordId, new LinkedHashMap<>(), true);
      case "read" -> new Write("GET", path(recordId), recordId, new LinkedHashMap<>(), true);
      default ->
          throw new IllegalArgumentException(
              "operation: "
                  + delivery.get("operation")
                  + " (expected: create, update, delete or read)");
    };
  }

  private static Write create(String customerId, Map<String, Object> record) {
    Map<?, ?> attributes = (Map<?, ?>) record.get("attributes");
    String path = "/" + attributes.get("type") + "/Nave_Id__c/" + customerId;
    return new Write("PATCH", path, null, fields(record), true);
  }

  /** A tick that is not there is false: to take it away is not needed, to clear it is false. */
  private static Write update(
      String recordId, Map<String, Object> before, Map<String, Object> record) {
    Map<String, Object> held = before == null ? Map.of() : before;
    Map<String, Object> changes = fields(Changes.between(held, record));
    for (String tick : TICKS) {
      if (Boolean.FALSE.equals(changes.get(tick)) && held.get(tick) == null) {
        changes.remove(tick);
      } else if (changes.containsKey(tick) && changes.get(tick) == null) {
        changes.put(tick, false);
      }
    }
    return new Write("PATCH", path(recordId), recordId, changes, !changes.isEmpty());
  }

  private static Map<String, Object> fields(Map<String, Object> record) {
    Map<String, Object> fields = new LinkedHashMap<>(record);
    fields.remove("attributes");
    fields.remove("Id");
    return fields;
  }

  private static String path(String recordId) {
    return (recordId.startsWith("001") ? "/Account/" : "/Contact/") + recordId;
  }
}
