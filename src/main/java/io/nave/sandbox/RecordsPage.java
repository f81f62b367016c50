package io.nave.sandbox;

import io.nave.sandbox.RecordTable.Row;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The plain page at {@code /} on which a person sees and changes a sandbox's records as in the
 * vendor's screens: plain forms, no script. Its JSON twin is {@link RecordsJson}.
 */
final class RecordsPage {
  static final String PATH = "/_sandbox/records";
  private static final int LARGEST = 100_000;
  private static final String CSP =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Sandbox sandbox;
  private final PageText text;

  RecordsPage(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.text = new PageText(sandbox);
  }

  void mount(Router router) {
    router.get("/").handler(this::show);
    router.get("/_sandbox/page.css").handler(this::style);
    router.route(PATH).handler(BodyHandler.create(false).setBodyLimit(LARGEST));
    router.route(PATH + "/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST));
    form(router, "/add", this::add);
    form(router, "/edit", this::edit);
    form(router, "/delete", this::delete);
    form(router, "/unsubscribe", this::unsubscribe);
    new RecordsJson(sandbox).mount(router);
  }

  /** What a form asks for; leads to the list with a word on what was done. */
  private interface Action {
    /**
     * @return what was done: a key of {@link PageText}
     */
    String on(String id, MultiMap form);
  }

  private void form(Router router, String path, Action action) {
    router
        .post(PATH + path)
        .consumes("application/x-www-form-urlencoded")
        .handler(ctx -> submit(ctx, action));
  }

  private void submit(RoutingContext ctx, Action action) {
    var form = ctx.request().formAttributes();
    var id = form.contains("id") ? form.get("id") : "";
    try {
      var done = action.on(id, form);
      var to = "/?done=" + done + "&id=" + encoded(id.isEmpty() ? form.get("id") : id);
      ctx.response().setStatusCode(303).putHeader("Location", to).end();
    } catch (IllegalArgumentException e) {
      html(ctx, 422, text.refused(id, values(form), e.getMessage()));
    } catch (NoSuchElementException e) {
      html(ctx, 404, text.missing(id));
    }
  }

  private String add(String id, MultiMap form) {
    form.set("id", sandbox.records().add(values(form)));
    return "added";
  }

  /** Sets only what the person changed, so that what others changed meanwhile stays. */
  private String edit(String id, MultiMap form) {
    existing(id);
    var changed = values(form);
    changed
        .entrySet()
        .removeIf(field -> field.getValue().equals(form.get("was." + field.getKey())));
    if (changed.isEmpty()) {
      return "unchanged";
    }
    sandbox.records().edit(id, changed);
    return "edited";
  }

  private String delete(String id, MultiMap form) {
    existing(id);
    sandbox.records().delete(id);
    return "deleted";
  }

  private String unsubscribe(String id, MultiMap form) {
    existing(id);
    return sandbox.records().unsubscribe(id) ? "unsubscribed" : "unable";
  }

  private Row existing(String id) {
    return sandbox.records().row(id).orElseThrow();
  }

  /** The editable fields of a form; browsers end lines with CR LF. */
  private Map<String, String> values(MultiMap form) {
    var values = new LinkedHashMap<String, String>();
    for (var field : sandbox.records().fields()) {
      if (field.editable() && form.contains("field." + field.name())) {
        values.put(field.name(), form.get("field." + field.name()).replace("\r\n", "\n"));
      }
    }
    return values;
  }

  private void show(RoutingContext ctx) {
    var query = ctx.request().params();
    var id = query.contains("id") ? query.get("id") : "";
    switch (query.contains("view") ? query.get("view") : "list") {
      case "add" -> html(ctx, 200, text.adding());
      case "edit" ->
          sandbox
              .records()
              .row(id)
              .ifPresentOrElse(
                  row -> html(ctx, 200, text.editing(row)), () -> html(ctx, 404, text.missing(id)));
      default -> html(ctx, 200, text.list(query));
    }
  }

  private void style(RoutingContext ctx) {
    ctx.response().putHeader("Content-Type", "text/css; charset=utf-8").end(text.style());
  }

  static void html(RoutingContext ctx, int status, String html) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", CSP)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store")
        .end(html);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
