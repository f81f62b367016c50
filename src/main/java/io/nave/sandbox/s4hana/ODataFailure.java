package io.nave.sandbox.s4hana;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A request that the service refuses, as the gateway words it. */
final class ODataFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ODataFailure(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static ODataFailure badRequest(String code, String message) {
    return new ODataFailure(400, code, message);
  }

  static ODataFailure malformed(String message) {
    return badRequest("/IWFND/CM_MGW/003", message);
  }

  static ODataFailure noResource(String type) {
    return new ODataFailure(
        404, "/IWBEP/CM_MGW_RT/020", "Resource not found for segment '" + type + "'");
  }

  static ODataFailure noSegment(String segment) {
    return new ODataFailure(
        404, "/IWFND/CM_BEC/026", "Resource not found for the segment '" + segment + "'.");
  }

  static ODataFailure notAllowed(String method, String set) {
    return new ODataFailure(
        405, "/IWFND/CM_MGW/005", "Method " + method + " is not allowed for entity set " + set);
  }

  int status() {
    return status;
  }

  /** The answer in JSON, or in XML where the client did not ask for JSON. */
  ODataResponse response(boolean json, String transaction) {
    ODataResponse response = new ODataResponse(status);
    return json
        ? response.json(asJson(transaction).encode())
        : response.xml(asXml(transaction), "application/xml;charset=utf-8");
  }

  private JsonObject asJson(String transaction) {
    JsonObject detail =
        new JsonObject()
            .put("code", code)
            .put("message", getMessage())
            .put("propertyref", "")
            .put("severity", "error")
            .put("target", "");
    JsonObject inner =
        new JsonObject()
            .put("transactionid", transaction)
            .put("errordetails", new JsonArray().add(detail));
    JsonObject message = new JsonObject().put("lang", "en").put("value", getMessage());
    return new JsonObject()
        .put(
            "error",
            new JsonObject().put("code", code).put("message", message).put("innererror", inner));
  }

  private String asXml(String transaction) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        + "<error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><code>"
        + Xml.escape(code)
        + "</code><message xml:lang=\"en\">"
        + Xml.escape(getMessage())
        + "</message><innererror><transactionid>"
        + transaction
        + "</transactionid></innererror></error>";
  }
}
