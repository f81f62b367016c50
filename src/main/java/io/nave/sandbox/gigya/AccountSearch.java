package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * {@code accounts.search}: queries over full accounts ({@code accounts}) or lite ones ({@code
 * emailAccounts}), page by page through a cursor that lives five minutes after its last use.
 */
final class AccountSearch {
  static final Duration CURSOR_LIFE = Duration.ofMinutes(5);
  private static final int DEFAULT_LIMIT = 300;
  private static final int MOST_PER_CURSOR = 1000;
  private static final int MOST = 5000;

  private static final class Cursor {
    final Query query;
    final List<String> uids;
    long usedAt;

    Cursor(Query query, List<String> uids) {
      this.query = query;
      this.uids = uids;
    }
  }

  private final Accounts accounts;
  private final Map<String, Cursor> cursors = new HashMap<>();
  private Duration lag = Duration.ZERO;

  AccountSearch(Accounts accounts) {
    this.accounts = accounts;
  }

  /** How long a change takes until a search sees the account again. */
  void lag(Duration lag) {
    this.lag = lag;
  }

  JsonObject search(Call call) {
    if (call.has("cursorId")) return next(call);
    var query = Query.parse(call.required("query"));
    if (!query.table().matches("accounts|emailAccounts"))
      throw Refusal.invalid("query", "has an unknown table: " + query.table());
    var open = call.flag("openCursor", false);
    var limit = limit(query, open);
    var found = matches(query);
    if (query.counts()) return counted(found.size());
    var from = Math.min(Math.max(query.start(), 0), found.size());
    if (open && query.start() > 0) throw Refusal.invalid("query", "has START with a cursor");
    var page = found.subList(from, Math.min(found.size(), from + limit));
    var answer = page(query, page, found.size());
    if (open && found.size() > limit) answer.put("nextCursorId", open(query, found) + "_" + limit);
    return answer;
  }

  private static int limit(Query query, boolean open) {
    var most = open ? MOST_PER_CURSOR : MOST;
    if (query.limit() > most) throw Refusal.invalid("query", "has a LIMIT above " + most);
    return query.limit() < 0 ? DEFAULT_LIMIT : Math.max(query.limit(), 1);
  }

  private String open(Query query, List<String> found) {
    var now = accounts.now().toEpochMilli();
    cursors.values().removeIf(old -> now - old.usedAt > CURSOR_LIFE.toMillis());
    var cursor = new Cursor(query, List.copyOf(found));
    cursor.usedAt = now;
    var id = UUID.randomUUID().toString().replace("-", "");
    cursors.put(id, cursor);
    return id;
  }

  private JsonObject next(Call call) {
    if (call.has("query")) throw Refusal.invalid("cursorId", "cannot go with query");
    var parts = call.text("cursorId").split("_");
    var cursor = cursors.get(parts[0]);
    var now = accounts.now().toEpochMilli();
    if (parts.length != 2 || cursor == null || now - cursor.usedAt > CURSOR_LIFE.toMillis())
      throw Refusal.invalid("cursorId", "is unknown or has expired");
    cursor.usedAt = now;
    var from = Math.min(Integer.parseInt(parts[1]), cursor.uids.size());
    var to = Math.min(cursor.uids.size(), from + limit(cursor.query, true));
    var answer = page(cursor.query, cursor.uids.subList(from, to), cursor.uids.size());
    if (to < cursor.uids.size()) answer.put("nextCursorId", parts[0] + "_" + to);
    return answer;
  }

  private List<String> matches(Query query) {
    var lite = query.table().equals("emailAccounts");
    var newest = accounts.now().minus(lag).toEpochMilli();
    var found = new ArrayList<String>();
    for (var uid : candidates(query)) {
      var account = accounts.find(uid);
      if (account == null || lite != account.getBoolean("_lite", false)) continue;
      if (!lag.isZero() && account.getLong("lastUpdatedTimestamp") > newest) continue;
      if (query.where() == null || query.where().holds(account)) found.add(uid);
    }
    if (!inOrderAlready(query)) found.sort(comparator(query.order()));
    return found;
  }

  private Collection<String> candidates(Query query) {
    var uids = Condition.uids(query.where());
    return uids != null ? uids : accounts.changedSince(Condition.changedSince(query.where()));
  }

  private static boolean inOrderAlready(Query query) {
    var order = query.order();
    return Condition.uids(query.where()) == null
        && (order.isEmpty()
            || order.size() == 1
                && order.get(0).field().equals("lastUpdatedTimestamp")
                && !order.get(0).descending());
  }

  private Comparator<String> comparator(List<Query.Order> order) {
    Comparator<String> all = (a, b) -> 0;
    for (var term : order) {
      Comparator<String> one = (a, b) -> compare(field(a, term.field()), field(b, term.field()));
      all = all.thenComparing(term.descending() ? one.reversed() : one);
    }
    return all;
  }

  private Object field(String uid, String field) {
    return Condition.value(accounts.find(uid), field);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y)
      return Double.compare(x.doubleValue(), y.doubleValue());
    return Objects.toString(a, "").compareTo(Objects.toString(b, ""));
  }

  private static JsonObject counted(int count) {
    return new JsonObject()
        .put("results", new JsonArray().add(new JsonObject().put("count(*)", count)))
        .put("objectsCount", 1)
        .put("totalCount", 1);
  }

  private JsonObject page(Query query, List<String> uids, int total) {
    var results = new JsonArray();
    for (var uid : uids) {
      var account = accounts.find(uid);
      if (account != null) results.add(query.all() ? shown(account) : selected(query, account));
    }
    return new JsonObject()
        .put("results", results)
        .put("objectsCount", results.size())
        .put("totalCount", total);
  }

  /** The account as the vendor shows it: lite ones with their marks. */
  static JsonObject shown(JsonObject account) {
    var lite = account.getBoolean("_lite", false);
    var copy = account.copy();
    copy.remove("_lite");
    if (lite) copy.put("hasLiteAccount", true).put("hasFullAccount", false);
    return copy;
  }

  private static JsonObject selected(Query query, JsonObject account) {
    var result = new JsonObject();
    for (var path : query.fields()) {
      var value = Condition.value(account, path);
      if (value == null) continue;
      var place = result;
      var names = path.split("\\.");
      for (var i = 0; i < names.length - 1; i++) {
        if (!place.containsKey(names[i])) place.put(names[i], new JsonObject());
        place = place.getJsonObject(names[i]);
      }
      place.put(names[names.length - 1], value);
    }
    return result.copy();
  }
}
