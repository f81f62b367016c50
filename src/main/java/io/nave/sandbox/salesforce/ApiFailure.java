package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A refusal in Salesforce's words: an HTTP status, an error code, a message, the fields at fault.
 */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final int status;
  final String code;
  final transient List<String> fields;

  ApiFailure(int status, String code, String message, List<String> fields) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  ApiFailure(int status, String code, String message) {
    this(status, code, message, List.of());
  }

  /** A record that breaks a rule of its object. */
  static ApiFailure invalid(String code, String message, String... fields) {
    return new ApiFailure(400, code, message, List.of(fields));
  }

  static ApiFailure notFound() {
    return new ApiFailure(404, "NOT_FOUND", "The requested resource does not exist");
  }

  /** The body of a whole answer: an array of one error. */
  JsonArray body() {
    JsonObject error = new JsonObject().put("message", getMessage()).put("errorCode", code);
    if (!fields.isEmpty()) {
      error.put("fields", new JsonArray(fields));
    }
    return new JsonArray().add(error);
  }

  /** The error as one of a record's in a collection, where the code is named differently. */
  JsonObject ofRecord() {
    return new JsonObject()
        .put("statusCode", code)
        .put("message", getMessage())
        .put("fields", new JsonArray(fields));
  }
}
