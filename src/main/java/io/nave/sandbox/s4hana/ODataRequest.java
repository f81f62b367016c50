package io.nave.sandbox.s4hana;

import java.util.Map;

/**
 * One operation, as sent alone or inside a batch.
 *
 * @param path below the service root, percent-encoded, without a leading slash
 * @param query percent-encoded, or null
 * @param headers by name in lower case
 * @param service the service root as the client addressed it, ending in a slash
 */
record ODataRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String body,
    String service) {

  String header(String name) {
    return headers.get(name);
  }

  /** The operation that is meant: POST may be a tunnel for MERGE, PATCH, PUT and DELETE. */
  String operation() {
    String tunnelled = header("x-http-method");
    String meant = "POST".equals(method) && tunnelled != null ? tunnelled : method;
    return "MERGE".equals(meant) ? "PATCH" : meant;
  }

  boolean wantsJson() {
    if (query != null && query.contains("format=json")) {
      return true;
    }
    String accept = header("accept");
    return accept != null && accept.contains("json");
  }
}
