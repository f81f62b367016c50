package io.nave.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The records as JSON, for scripts and tests: {@code GET /_sandbox/records?q=&offset=&limit=},
 * {@code POST} to add, {@code GET}, {@code PATCH} and {@code DELETE /_sandbox/records/{id}}, {@code
 * POST /_sandbox/records/{id}/unsubscribe}; {@code GET /_sandbox/unseen}. A record is an object of
 * texts by field name.
 */
final class RecordsJson {
  private static final String UNSEEN = "/_sandbox/unseen";
  private static final int MOST = 1_000;

  private final Sandbox sandbox;

  RecordsJson(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** What a request does; yields the answer. */
  private interface Call {
    Object on(RoutingContext ctx);
  }

  void mount(Router router) {
    var one = RecordsPage.PATH + "/:id";
    router.get(UNSEEN).handler(answering(200, ctx -> unseen()));
    router.get(RecordsPage.PATH).handler(answering(200, this::list));
    router.post(RecordsPage.PATH).handler(answering(201, this::add));
    router.get(one).handler(answering(200, ctx -> json(existing(ctx))));
    router.patch(one).handler(answering(200, this::edit));
    router.delete(one).handler(answering(200, this::delete));
    router.post(one + "/unsubscribe").handler(answering(200, this::unsubscribe));
  }

  private static Handler<RoutingContext> answering(int status, Call call) {
    return ctx -> {
      try {
        answer(ctx, status, call.on(ctx));
      } catch (NoSuchElementException e) {
        answer(ctx, 404, new JsonObject().put("error", "no such record"));
      } catch (DecodeException | ClassCastException e) {
        answer(ctx, 422, new JsonObject().put("error", "body: (expected: an object of texts)"));
      } catch (IllegalArgumentException e) {
        answer(ctx, 422, new JsonObject().put("error", e.getMessage()));
      }
    };
  }

  private static void answer(RoutingContext ctx, int status, Object body) {
    ctx.response().setStatusCode(status);
    ctx.json(body);
  }

  private Object list(RoutingContext ctx) {
    var query = ctx.request().getParam("q", "");
    var offset = number(ctx, "offset", 0, Integer.MAX_VALUE);
    var limit = number(ctx, "limit", 100, MOST);
    var rows = new JsonArray();
    sandbox.records().rows(query, offset, limit).forEach(row -> rows.add(json(row)));
    return new JsonObject()
        .put("count", sandbox.records().count())
        .put("fields", new JsonArray(sandbox.records().fields().stream().map(this::json).toList()))
        .put("records", rows);
  }

  private JsonArray unseen() {
    return new JsonArray(sandbox.records().unseen().stream().sorted().toList());
  }

  private static int number(RoutingContext ctx, String name, int otherwise, int most) {
    var text = ctx.request().getParam(name, String.valueOf(otherwise));
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(name + ": " + text + " (expected: 0 to " + most + ")");
  }

  private Object add(RoutingContext ctx) {
    return new JsonObject().put("id", sandbox.records().add(values(ctx)));
  }

  private Object edit(RoutingContext ctx) {
    sandbox.records().edit(existing(ctx).id(), values(ctx));
    return json(existing(ctx));
  }

  private Object delete(RoutingContext ctx) {
    var id = existing(ctx).id();
    sandbox.records().delete(id);
    return new JsonObject().put("id", id);
  }

  private Object unsubscribe(RoutingContext ctx) {
    var done = sandbox.records().unsubscribe(existing(ctx).id());
    return new JsonObject().put("unsubscribed", done);
  }

  private RecordTable.Row existing(RoutingContext ctx) {
    return sandbox.records().row(ctx.pathParam("id")).orElseThrow();
  }

  private Map<String, String> values(RoutingContext ctx) {
    var editable = sandbox.records().fields().stream().filter(RecordTable.Field::editable);
    var names = editable.map(RecordTable.Field::name).toList();
    var values = new LinkedHashMap<String, String>();
    var body = ctx.body().asJsonObject();
    for (String name : body == null ? names : body.fieldNames()) {
      if (body == null || !names.contains(name)) {
        throw new IllegalArgumentException(name + ": unknown (expected: one of " + names + ")");
      }
      values.put(name, String.valueOf(body.getValue(name, "")));
    }
    return values;
  }

  private JsonObject json(RecordTable.Field field) {
    return new JsonObject()
        .put("name", field.name())
        .put("label", field.label())
        .put("editable", field.editable());
  }

  private JsonObject json(RecordTable.Row row) {
    var values = new JsonObject();
    row.values().forEach(values::put);
    return new JsonObject().put("id", row.id()).put("values", values);
  }
}
