package io.nave.sandbox.acoustic;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A request's body as text or as a form, whatever its content type says. */
record Body(Buffer content) {
  private static final int LIMIT = 16 << 20;

  /** Hands over the body, also where an earlier handler has read it. */
  static void read(RoutingContext request, Handler<Buffer> then) {
    Buffer read = request.body() == null ? null : request.body().buffer();
    if (read != null) {
      then.handle(read);
    } else {
      request.request().body().onSuccess(then).onFailure(request::fail);
    }
  }

  /** The XML: the body itself, or its form field {@code xml}. */
  String xml() {
    String text = content.toString(StandardCharsets.UTF_8).strip();
    if (text.startsWith("<")) {
      return text;
    }
    return form().getOrDefault("xml", "");
  }

  Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    String text = content.toString(StandardCharsets.UTF_8);
    if (text.length() <= LIMIT) {
      new QueryStringDecoder(text, StandardCharsets.UTF_8, false, 100, true)
          .parameters()
          .forEach((name, values) -> form.put(name, values.get(0)));
    }
    return form;
  }
}
