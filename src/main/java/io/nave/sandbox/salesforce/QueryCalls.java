package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SOQL by REST: /query, /queryAll, and the following pages, 2,000 rows each. */
final class QueryCalls {
  private static final Pattern BATCH_SIZE = Pattern.compile("(?i)batchSize\\s*=\\s*(\\d+)");
  private static final int OPEN_CURSORS = 10;

  /** A result that is read page by page. */
  private record Cursor(Query query, List<SObject> rows, int pageSize) {}

  private final Org org;
  private long lastCursor;
  private final Map<String, Cursor> cursors =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cursor> eldest) {
          return size() > OPEN_CURSORS;
        }
      };

  QueryCalls(Org org) {
    this.org = org;
  }

  void mount(Rest rest) {
    rest.on("GET", "/query", (call, parts) -> query(call, false));
    rest.on("GET", "/queryAll", (call, parts) -> query(call, true));
    rest.on("GET", "/query/{locator}", (call, parts) -> next(call, parts.get("locator")));
    rest.on("GET", "/queryAll/{locator}", (call, parts) -> next(call, parts.get("locator")));
  }

  private Answer query(Call call, boolean all) {
    String soql = call.parameter("q", null);
    if (soql == null) {
      throw ApiFailure.invalid("MALFORMED_QUERY", "A query string has to be specified");
    }
    Query query = Soql.parse(org, soql, all);
    List<SObject> rows = query.run(org);
    if (query.count()) {
      return Answer.ok(result(rows.size(), new JsonArray()).put("done", true));
    }
    if (!query.aggregates().isEmpty()) {
      JsonArray groups = QueryGroups.of(org, query, rows);
      return Answer.ok(result(groups.size(), groups).put("done", true));
    }
    return page(
        call,
        "01g" + org.id.substring(3, 10) + ++lastCursor,
        0,
        new Cursor(query, rows, pageSize(call)));
  }

  private static int pageSize(Call call) {
    String options = call.header("Sforce-Query-Options");
    Matcher matcher = BATCH_SIZE.matcher(options == null ? "" : options);
    return matcher.find()
        ? Math.max(200, Math.min(2000, Integer.parseInt(matcher.group(1))))
        : 2000;
  }

  private Answer next(Call call, String locator) {
    int dash = locator.lastIndexOf('-');
    Cursor cursor = dash < 0 ? null : cursors.get(locator.substring(0, dash));
    if (cursor == null) {
      throw ApiFailure.invalid("INVALID_QUERY_LOCATOR", "invalid query locator");
    }
    int from = Integer.parseInt(locator.substring(dash + 1));
    return page(call, locator.substring(0, dash), from, cursor);
  }

  private Answer page(Call call, String id, int from, Cursor cursor) {
    int to = Math.min(cursor.rows.size(), from + cursor.pageSize);
    JsonArray records = new JsonArray();
    for (SObject row : cursor.rows.subList(Math.min(from, to), to)) {
      records.add(record(org, row, cursor.query.columns(), call.version()));
    }
    boolean done = to == cursor.rows.size();
    JsonObject result = result(cursor.rows.size(), records).put("done", done);
    if (!done) {
      cursors.put(id, new Cursor(cursor.query, List.copyOf(cursor.rows), cursor.pageSize));
      result.put(
          "nextRecordsUrl", "/services/data/%s/query/%s-%d".formatted(call.version(), id, to));
    }
    return Answer.ok(result);
  }

  private static JsonObject result(int size, JsonArray records) {
    return new JsonObject().put("totalSize", size).put("done", true).put("records", records);
  }

  /** A row with the columns that were asked for, those of references nested. */
  static JsonObject record(Org org, SObject row, List<Column> columns, String version) {
    JsonObject json = new JsonObject().put("attributes", Json.attributes(row, version));
    for (Column column : columns) {
      JsonObject at = json;
      List<Field> followed = new ArrayList<>();
      for (Field reference : column.references()) {
        followed.add(reference);
        at = nested(org, row, at, followed, version);
        if (at == null) {
          break;
        }
      }
      if (at != null) {
        at.put(column.field().name(), Json.value(column.holder(org, row), column.field()));
      }
    }
    return json;
  }

  private static JsonObject nested(
      Org org, SObject row, JsonObject parent, List<Field> followed, String version) {
    Field reference = followed.get(followed.size() - 1);
    String name = reference.relationship();
    if (parent.getValue(name) instanceof JsonObject json) {
      return json;
    }
    SObject target = new Column(List.copyOf(followed), reference).holder(org, row);
    JsonObject json =
        target == null
            ? null
            : new JsonObject().put("attributes", Json.attributes(target, version));
    parent.put(name, json);
    return json;
  }
}
