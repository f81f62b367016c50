package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The vendor says no: an {@code errorCode} with its message and details. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int PENDING_REGISTRATION = 206001;
  static final int MISSING_PARAMETER = 400002;
  static final int UNIQUE_IDENTIFIER_EXISTS = 400003;
  static final int INVALID_PARAMETER = 400006;
  static final int VALIDATION = 400009;
  static final int INVALID_API_KEY = 400093;
  static final int REQUEST_EXPIRED = 403002;
  static final int INVALID_SIGNATURE = 403003;
  static final int DUPLICATE_NONCE = 403004;
  static final int UNAUTHORIZED_USER = 403005;
  static final int PERMISSION_DENIED = 403007;
  static final int LOGIN_IDENTIFIER_EXISTS = 403043;
  static final int RATE_LIMIT = 403048;
  static final int UNKNOWN_METHOD = 405001;
  static final int UID_EXISTS = 409001;
  static final int CONCURRENT_UPDATE = 409030;

  private static final Map<Integer, String> MESSAGES =
      Map.ofEntries(
          Map.entry(PENDING_REGISTRATION, "Account Pending Registration"),
          Map.entry(MISSING_PARAMETER, "Missing required parameter"),
          Map.entry(UNIQUE_IDENTIFIER_EXISTS, "Unique identifier exists"),
          Map.entry(INVALID_PARAMETER, "Invalid parameter value"),
          Map.entry(VALIDATION, "Validation error"),
          Map.entry(INVALID_API_KEY, "Invalid ApiKey parameter"),
          Map.entry(REQUEST_EXPIRED, "Request has expired"),
          Map.entry(INVALID_SIGNATURE, "Invalid request signature"),
          Map.entry(DUPLICATE_NONCE, "Duplicate nonce"),
          Map.entry(UNAUTHORIZED_USER, "Unauthorized user"),
          Map.entry(PERMISSION_DENIED, "Permission denied"),
          Map.entry(LOGIN_IDENTIFIER_EXISTS, "Login identifier exists"),
          Map.entry(RATE_LIMIT, "Api rate limit exceeded"),
          Map.entry(UNKNOWN_METHOD, "Method not found"),
          Map.entry(UID_EXISTS, "UID already exists"),
          Map.entry(CONCURRENT_UPDATE, "Concurrent update of the account"),
          Map.entry(500001, "General Server Error"),
          Map.entry(504001, "Search timed out"));

  private static final Map<Integer, String> REASONS =
      Map.of(
          206, "Partial Content",
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          409, "Conflict",
          500, "Internal Server Error",
          503, "Service Unavailable",
          504, "Gateway Timeout");

  private final int code;
  private final transient JsonObject more;

  Refusal(int code, String details) {
    this(code, details, new JsonObject());
  }

  Refusal(int code, String details, JsonObject more) {
    super(details, null, false, false);
    this.code = code;
    this.more = more;
  }

  static Refusal missing(String parameter) {
    return new Refusal(MISSING_PARAMETER, "Missing required parameter : " + parameter);
  }

  static Refusal invalid(String parameter, String why) {
    return new Refusal(INVALID_PARAMETER, "Invalid argument: " + parameter + " " + why);
  }

  /** A field that the schema refuses, in the vendor's list of validation errors. */
  static Refusal field(int code, String field, int fieldCode, String message) {
    var error =
        new JsonObject()
            .put("errorCode", fieldCode)
            .put("message", message)
            .put("fieldName", field);
    return new Refusal(
        code, message, new JsonObject().put("validationErrors", new JsonArray().add(error)));
  }

  int code() {
    return code;
  }

  int status() {
    return code / 1000;
  }

  static String reason(int status) {
    return REASONS.getOrDefault(status, "Error");
  }

  /** The part of the envelope that says what went wrong. */
  JsonObject envelope() {
    var message = MESSAGES.getOrDefault(code, "Error");
    return new JsonObject()
        .put("errorCode", code)
        .put("errorDetails", getMessage() == null ? message : getMessage())
        .put("errorMessage", message)
        .mergeIn(more);
  }
}
