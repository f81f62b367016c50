package io.nave.connectors.salesforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a stretch of the change feed says: which records to read again, and when what was changed.
 * Consent is taken from the events, one after the other; the records' other fields are not, since
 * events carry only what changed, and gap events carry nothing.
 */
public final class ChangedRecords {
  /** So that the query's address stays near the 2,000 characters that the vendor recommends. */
  private static final int MOST_IDS = 50;

  private final Map<String, Map<String, Map<String, Object>>> byType = new LinkedHashMap<>();
  private String position;
  private boolean missing;

  /** Some records of one type that are to be read with one query. */
  public record Read(String type, Map<String, Map<String, Object>> marks) {

    /** The ids for SOQL: {@code 'a','b'}. */
    public String ids() {
      return marks.keySet().stream().collect(Collectors.joining("','", "'", "'"));
    }

    /**
     * The records with what the events said of them, in the order of the events. One that was not
     * found has been deleted for good.
     */
    public List<Map<String, Object>> records(List<Map<String, Object>> found) {
      Map<Object, Map<String, Object>> byId =
          found.stream().collect(Collectors.toMap(record -> record.get("Id"), record -> record));
      List<Map<String, Object>> records = new ArrayList<>();
      marks.forEach(
          (id, mark) -> {
            Map<String, Object> record = new LinkedHashMap<>(byId.getOrDefault(id, gone(id)));
            record.putAll(mark);
            records.add(record);
          });
      return records;
    }

    private Map<String, Object> gone(String id) {
      return Map.of("attributes", Map.of("type", type), "Id", id, "IsDeleted", true);
    }
  }

  /**
   * Notes an event. Ids are of 18 characters.
   *
   * @param ticks what it made of the consent fields
   * @param gap whether it does not say what changed
   */
  void add(
      String type,
      List<String> ids,
      Instant committed,
      List<Map<String, Object>> ticks,
      boolean gap) {
    for (String id : ids) {
      Map<String, Object> mark =
          byType
              .computeIfAbsent(type, t -> new LinkedHashMap<>())
              .computeIfAbsent(id, i -> new LinkedHashMap<>());
      mark.put("_committedAt", committed.toString());
      if (gap) {
        mark.put("_gap", true);
      }
      if (!ticks.isEmpty()) {
        @SuppressWarnings("unchecked")
        List<Object> all =
            (List<Object>) mark.computeIfAbsent("_ticks", none -> new ArrayList<Object>());
        all.addAll(ticks);
      }
    }
  }

  /** Notes that events are missing: everything must be read again. */
  void loseSome() {
    missing = true;
  }

  void after(String replayId) {
    position = replayId;
  }

  int size() {
    return byType.values().stream().mapToInt(Map::size).sum();
  }

  /** Whether events are missing, so that everything must be read again. */
  public boolean isMissing() {
    return missing;
  }

  /** The replay id after these changes, in hexadecimal; null where it is not known. */
  public String getPosition() {
    return position;
  }

  /** The queries to make, of at most fifty records each. */
  public List<Read> getReads() {
    List<Read> reads = new ArrayList<>();
    byType.forEach(
        (type, marks) -> {
          Map<String, Map<String, Object>> some = new LinkedHashMap<>();
          for (Map.Entry<String, Map<String, Object>> mark : marks.entrySet()) {
            some.put(mark.getKey(), mark.getValue());
            if (some.size() == MOST_IDS) {
              reads.add(new Read(type, some));
              some = new LinkedHashMap<>();
            }
          }
          if (!some.isEmpty()) {
            reads.add(new Read(type, some));
          }
        });
    return reads;
  }
}
