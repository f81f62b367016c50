package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a resource answers.
 *
 * @param body JSON, CSV text, or null for none
 */
record Answer(int status, Object body, Map<String, String> headers) {

  static Answer ok(Object body) {
    return new Answer(200, body, Map.of());
  }

  static Answer of(int status, Object body) {
    return new Answer(status, body, Map.of());
  }

  static Answer none() {
    return new Answer(204, null, Map.of());
  }

  static Answer of(ApiFailure failure) {
    return new Answer(failure.status, failure.body(), Map.of());
  }

  boolean failed() {
    return status >= 300;
  }

  /** The JSON that creating a record answers with. */
  static JsonObject saved(String id) {
    return new JsonObject()
        .put("id", id)
        .put("success", true)
        .put("errors", new io.vertx.core.json.JsonArray());
  }
}
