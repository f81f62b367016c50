package io.nave.sandbox.gigya;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * One request to a method, as the vendor sees it.
 *
 * @param method such as {@code accounts.search}
 * @param params the decoded parameters of query and form
 * @param origin how it came: verb, addresses and headers that the signature covers
 * @param id the {@code callId} of the answer
 */
record Call(String method, Map<String, String> params, Origin origin, String id) {

  /**
   * @param verb GET or POST
   * @param urls the addresses under which the client may have signed the request
   * @param authorization the header, or null
   */
  record Origin(String verb, java.util.Collection<String> urls, String authorization) {}

  /** The parameter, or null when it is absent or empty. */
  String text(String name) {
    var value = params.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String text(String name, String otherwise) {
    var value = text(name);
    return value == null ? otherwise : value;
  }

  String required(String name) {
    var value = text(name);
    if (value == null) throw Refusal.missing(name);
    return value;
  }

  boolean has(String name) {
    return text(name) != null;
  }

  boolean flag(String name, boolean otherwise) {
    var value = text(name);
    return value == null ? otherwise : value.equalsIgnoreCase("true") || value.equals("1");
  }

  /** The parameter as a JSON object, or null when it is absent. */
  JsonObject object(String name) {
    var value = text(name);
    if (value == null || value.equals("null")) return null;
    try {
      return new JsonObject(value);
    } catch (DecodeException | ClassCastException e) {
      throw Refusal.invalid(name, "is not a JSON object");
    }
  }
}
