package io.nave.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the requests to the vendor's endpoints by method, path and status; status 0 is a
 * connection that was closed without an answer. {@code GET} and {@code DELETE /_sandbox/stats}.
 */
final class Stats {
  /** Is in the context of a request that got no answer, though the vendor's handler gave one. */
  static final String DROPPED = "dropped";

  private static final int MOST = 5_000;

  private record Call(String method, String path, int status) implements Comparable<Call> {
    @Override
    public int compareTo(Call other) {
      var byPath = (path + " " + method).compareTo(other.path + " " + other.method);
      return byPath != 0 ? byPath : Integer.compare(status, other.status);
    }

    JsonObject json(long count) {
      return new JsonObject()
          .put("method", method)
          .put("path", path)
          .put("status", status)
          .put("count", count);
    }
  }

  private final Map<Call, Long> calls = new TreeMap<>();

  void mount(Router router) {
    router.get("/_sandbox/stats").handler(ctx -> ctx.json(json()));
    router.delete("/_sandbox/stats").handler(this::forget);
    router.route().handler(this::count);
  }

  private void count(RoutingContext ctx) {
    var path = ctx.request().path();
    if (!Doorkeeper.own(path)) {
      ctx.addEndHandler(
          end -> {
            var status =
                end.failed() || ctx.get(DROPPED) != null ? 0 : ctx.response().getStatusCode();
            add(new Call(ctx.request().method().name(), path, status));
          });
    }
    ctx.next();
  }

  private void add(Call call) {
    var known = calls.size() < MOST || calls.containsKey(call);
    calls.merge(known ? call : new Call(call.method, "…", call.status), 1L, Long::sum);
  }

  private JsonObject json() {
    var requests = new JsonArray();
    calls.forEach((call, count) -> requests.add(call.json(count)));
    var total = calls.values().stream().mapToLong(Long::longValue).sum();
    return new JsonObject().put("total", total).put("requests", requests);
  }

  private void forget(RoutingContext ctx) {
    calls.clear();
    ctx.response().setStatusCode(204).end();
  }
}
