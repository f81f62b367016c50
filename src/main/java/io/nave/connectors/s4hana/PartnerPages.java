package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Digest64;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Pages of partners after one another, each asked for when it is needed. A page begins after the
 * last number of the one before, so that nothing is passed over when partners are added meanwhile.
 */
final class PartnerPages implements Iterator<Page> {
  private final Function<String, JsonNode> ask;
  private final int size;
  private final Map<String, Long> seen;
  private final BiFunction<Map<String, Object>, Boolean, Instant> changedAt;
  private String after;
  private boolean ended;
  private Page next;

  /**
   * @param ask for the page after a number, null for the first
   * @param after the number to begin after, or null
   * @param seen digests of what was read lately
   * @param changedAt when a record changed; the flag says that it was seen lately with other
   *     content
   */
  PartnerPages(
      Function<String, JsonNode> ask,
      int size,
      String after,
      Map<String, Long> seen,
      BiFunction<Map<String, Object>, Boolean, Instant> changedAt) {
    this.ask = ask;
    this.size = size;
    this.after = after;
    this.seen = seen;
    this.changedAt = changedAt;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = read();
    }
    return next != null;
  }

  @Override
  public Page next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Page page = next;
    next = null;
    return page;
  }

  private Page read() {
    JsonNode answer = ask.apply(after);
    JsonNode results = answer.path("results");
    ended = results.isEmpty() || (results.size() < size && !answer.has("__next"));
    if (results.isEmpty()) {
      return null;
    }
    after = results.get(results.size() - 1).path("BusinessPartner").asText();
    return page(results);
  }

  private Page page(JsonNode results) {
    List<Map<String, Object>> records = new ArrayList<>();
    Map<String, Long> digests = new LinkedHashMap<>();
    for (JsonNode entity : results) {
      Map<String, Object> record = PartnerJson.plain(entity);
      String number = entity.path("BusinessPartner").asText();
      long digest = Digest64.of(record.toString());
      Long before = seen.get(number);
      digests.put(number, digest);
      if (before == null || before != digest) {
        Instant at = changedAt.apply(record, before != null);
        record.put("_changedAt", String.valueOf(at));
        records.add(record);
      }
    }
    return new Page(records, after, digests);
  }
}
