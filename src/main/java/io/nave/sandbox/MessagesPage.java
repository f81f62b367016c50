package io.nave.sandbox;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * What the vendor's system has sent to people, newest first, at {@code /_sandbox/messages}: a page
 * whose links can be followed, and for {@code Accept: application/json} the same as JSON.
 */
final class MessagesPage {
  static final String PATH = "/_sandbox/messages";

  private final Sandbox sandbox;
  private final Template template;

  /** A message for the page. */
  record View(String id, String to, String at, String group, List<Text> texts) {}

  /** A text of a message; {@code link}: an address that can be followed. */
  record Text(String name, String value, boolean link) {}

  MessagesPage(Sandbox sandbox) {
    this.sandbox = sandbox;
    var engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    this.template =
        engine.parse(PageText.resource("messages.html"), Variant.forContentType(Variant.TEXT_HTML));
  }

  void mount(Router router) {
    if (sandbox.messages() != null) {
      router.get(PATH).handler(this::show);
    }
  }

  private void show(RoutingContext ctx) {
    var accept = ctx.request().getHeader("Accept");
    if (accept != null && accept.contains("application/json")) {
      ctx.json(new JsonArray(sandbox.messages().stream().map(MessagesPage::json).toList()));
    } else {
      var views = sandbox.messages().stream().map(MessagesPage::view).toList();
      var page = template.data("title", sandbox.title()).data("messages", views);
      RecordsPage.html(ctx, 200, page.render());
    }
  }

  private static JsonObject json(SentMessage message) {
    var texts = new JsonObject();
    message.texts().forEach(texts::put);
    return new JsonObject()
        .put("id", message.id())
        .put("at", message.at().toString())
        .put("to", message.to())
        .put("group", message.group())
        .put("texts", texts);
  }

  private static View view(SentMessage message) {
    var texts =
        message.texts().entrySet().stream()
            .map(one -> text(one.getKey(), plain(one.getValue())))
            .toList();
    var at = message.at().toString();
    return new View(message.id(), message.to(), at, message.group(), texts);
  }

  private static Text text(String name, String value) {
    return new Text(name, value, value.matches("https?://\\S+"));
  }

  /** As a mail program shows it: senders write values for HTML. */
  private static String plain(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
