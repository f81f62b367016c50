package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/**
 * A request to a REST resource, from the network or from within a composite request.
 *
 * @param version such as v60.0
 * @param path below the version, still encoded, such as /sobjects/Contact
 * @param headers by lower-case name
 * @param body a JSON object or array, text for CSV, or null
 * @param transaction what the request belongs to; a composite request's parts share one
 */
record Call(
    String method,
    String version,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    Object body,
    Transaction transaction) {

  String parameter(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  JsonObject object() {
    if (body instanceof JsonObject json) {
      return json;
    }
    throw malformed();
  }

  JsonArray records(JsonObject from) {
    if (from.getValue("records") instanceof JsonArray array) {
      return array;
    }
    throw malformed();
  }

  boolean allowDuplicate() {
    String rule = header("Sforce-Duplicate-Rule-Header");
    return rule != null
        && rule.replace(" ", "").toLowerCase(Locale.ROOT).contains("allowsave=true");
  }

  static ApiFailure malformed() {
    return ApiFailure.invalid(
        "JSON_PARSER_ERROR",
        "The HTTP entity body is required, but this request has none, or"
            + " it is not of the expected form.");
  }
}
