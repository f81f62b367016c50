package io.nave.connectors.gigya;

import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import io.nave.sync.Cursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all accounts at the first start, and then those that changed: what the webhooks missed. The
 * position is the vendor's time at the beginning of the last catch-up that was handed on whole. As
 * the vendor's index lags, each catch-up overlaps the last one; what was handed on is left out.
 */
@ApplicationScoped
@Named("gigyaFeed")
public class GigyaFeed {
  private static final String POSITION = "lastUpdated";
  private static final String FULL = "accounts";
  private static final String LITE = "emailAccounts";

  private final GigyaApi api;
  private final GigyaHooks hooks;
  private final SpokeSettings settings;
  private final Cursors cursors;
  private final Recent<Integer> handedOn = new Recent<>(50_000);

  @Inject
  GigyaFeed(GigyaApi api, GigyaHooks hooks, SpokeSettings settings, Cursors cursors) {
    this.api = api;
    this.hooks = hooks;
    this.settings = settings;
    this.cursors = cursors;
  }

  /** The first page of a catch-up; before it, the webhook is registered where that is wished. */
  public GigyaPage first(String spoke) {
    hooks.register(spoke);
    var position = cursors.read(spoke, POSITION);
    return table(spoke, FULL, position == null ? -1 : from(spoke, position), null);
  }

  /**
   * The page after one that is durable now, or null at the end, when the position has been moved.
   */
  public GigyaPage next(String spoke, GigyaPage page) {
    page.records().forEach(record -> handedOn.put(key(spoke, record), record.hashCode()));
    if (page.cursor() != null) {
      var answer = api.call(spoke, "accounts.search", Map.of("cursorId", page.cursor()));
      return page(spoke, answer, page.table(), page.from(), page.began());
    }
    if (page.table().equals(FULL) && Boolean.parseBoolean(settings.get(spoke, "lite-accounts")))
      return table(spoke, LITE, page.from(), page.began());
    cursors.write(spoke, POSITION, page.began());
    if (cursors.read(spoke, Cursors.LOAD) == null) cursors.write(spoke, Cursors.LOAD, Cursors.DONE);
    return null;
  }

  private long from(String spoke, String position) {
    var overlap = Duration.parse("PT" + settings.get(spoke, "overlap"));
    return Instant.parse(position).minus(overlap).toEpochMilli();
  }

  private GigyaPage table(String spoke, String table, long from, String began) {
    var where = from < 0 ? "" : " WHERE lastUpdatedTimestamp > " + from;
    var parameters = new LinkedHashMap<String, String>();
    parameters.put(
        "query",
        "SELECT * FROM "
            + table
            + where
            + " ORDER BY lastUpdatedTimestamp LIMIT "
            + settings.get(spoke, "page"));
    parameters.put("openCursor", "true");
    var answer = api.call(spoke, "accounts.search", parameters);
    return page(spoke, answer, table, from, began == null ? time(answer) : began);
  }

  private GigyaPage page(
      String spoke, Map<String, Object> answer, String table, long from, String began) {
    if (!(answer.get("results") instanceof List<?> results))
      throw new VendorError("malformed", "accounts.search: an answer without results");
    var records =
        results.stream()
            .map(GigyaFeed::account)
            .filter(record -> !handedOn.has(key(spoke, record), record.hashCode()))
            .toList();
    var cursor = answer.get("nextCursorId") instanceof String id ? id : null;
    return new GigyaPage(records, began, from, table, cursor);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> account(Object result) {
    if (result instanceof Map<?, ?> map && map.get("UID") instanceof String)
      return (Map<String, Object>) map;
    throw new VendorError("malformed", "accounts.search: a result without UID");
  }

  private static String time(Map<String, Object> answer) {
    try {
      return Instant.parse(String.valueOf(answer.get("time"))).toString();
    } catch (DateTimeException e) {
      throw new VendorError("malformed", "accounts.search: an answer without time", e);
    }
  }

  private static String key(String spoke, Map<String, Object> record) {
    return spoke + " " + record.get("UID");
  }
}
