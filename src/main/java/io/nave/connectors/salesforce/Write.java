package io.nave.connectors.salesforce;

import io.nave.connectors.Changes;
import io.nave.platform.VendorError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The request that writes a delivery.
 *
 * @param method PATCH or DELETE
 * @param path below /sobjects
 * @param recordId null when creating
 * @param fields what is sent
 * @param needed false where nothing differs
 */
public record Write(
    String method, String path, String recordId, Map<String, Object> fields, boolean needed) {

  private static final List<String> TICKS = List.of("HasOptedOutOfEmail", "DoNotCall");
  private static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "NOT_FOUND");

  /** Throws the refusal, but for that of a delete that finds nothing: it is done. */
  public void refuse(VendorError refusal) {
    if (!method.equals("DELETE") || !GONE.contains(refusal.code())) {
      throw refusal;
    }
  }

  /** Reads what the hub hands to a sink Kamelet. */
  @SuppressWarnings("unchecked")
  public static Write of(Map<String, Object> delivery) {
    Map<String, Object> record = (Map<String, Object>) delivery.get("record");
    String recordId = (String) delivery.get("recordId");
    return switch (String.valueOf(delivery.get("operation"))) {
      case "create" -> create(String.valueOf(delivery.get("customerId")), record);
      case "update" -> update(recordId, (Map<String, Object>) delivery.get("before"), record);
      case "delete" -> new Write("DELETE", path(recordId), recordId, Map.of(), true);
      default ->
          throw new IllegalArgumentException(
              "operation: " + delivery.get("operation") + " (expected: create, update or delete)");
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
