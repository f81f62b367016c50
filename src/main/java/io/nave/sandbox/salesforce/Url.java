package io.nave.sandbox.salesforce;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a REST resource: /services/data/v60.0, the path below it, and the parameters. */
record Url(String version, String path, Map<String, String> query) {
  private static final Pattern DATA =
      Pattern.compile("(?:https?://[^/]+)?/services/data/(v\\d+\\.\\d)(/[^?]*)?(?:\\?(.*))?");

  static Url parse(String url) {
    Matcher matcher = DATA.matcher(url);
    if (!matcher.matches()) {
      throw ApiFailure.notFound();
    }
    String path = matcher.group(2) == null ? "/" : matcher.group(2);
    return new Url(matcher.group(1), path, form(matcher.group(3)));
  }

  /** Decodes application/x-www-form-urlencoded text; the first of a repeated name counts. */
  static Map<String, String> form(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      values.putIfAbsent(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.invalid("MALFORMED_URL", "The URL is not correctly encoded");
    }
  }
}
