package io.nave.connectors.gigya;

import io.nave.connectors.Changes;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a delivery to an account: only what differs. Subscriptions and consent statements are sent
 * where the decision differs, and are never removed.
 */
@ApplicationScoped
@Named("gigyaAccounts")
public class GigyaAccounts {
  private final GigyaApi api;

  @Inject
  GigyaAccounts(GigyaApi api) {
    this.api = api;
  }

  /**
   * Writes.
   *
   * @param delivery as docs/connectors.md says
   * @return the body that the sink Kamelet leaves
   * @throws VendorError when the vendor refuses
   */
  public Map<String, Object> write(String spoke, Map<String, Object> delivery) {
    var uid = (String) delivery.get("recordId");
    return switch (String.valueOf(delivery.get("operation"))) {
      case "create" -> create(spoke, map(delivery.get("record")));
      case "update" -> update(spoke, uid, map(delivery.get("before")), map(delivery.get("record")));
      case "delete" -> delete(spoke, uid);
      case "read" -> Changes.found(api.account(spoke, uid).orElse(null));
      default ->
          throw new IllegalArgumentException(
              "operation: "
                  + delivery.get("operation")
                  + " (expected: create, update, delete or read)");
    };
  }

  /** A lite account: one that the customer can turn into a full one by registering. */
  private Map<String, Object> create(String spoke, Map<String, Object> record) {
    if (!(map(record.get("profile")).get("email") instanceof String email))
      throw new VendorError("400002", "accounts.importLiteAccount: no e-mail address");
    var parameters = differences(Map.of(), record);
    parameters.put("email", email);
    var answer = api.call(spoke, "accounts.importLiteAccount", parameters);
    if (!(answer.get("UID") instanceof String uid))
      throw new VendorError("malformed", "accounts.importLiteAccount: an answer without UID");
    return Changes.written(uid);
  }

  private Map<String, Object> update(
      String spoke, String uid, Map<String, Object> before, Map<String, Object> record) {
    var parameters = differences(before, record);
    if (parameters.isEmpty()) {
      return Changes.written(uid);
    }
    parameters.put("UID", uid);
    return Changes.written(uid, set(spoke, parameters));
  }

  /**
   * An e-mail address logs on: where another account has it, this one keeps its own.
   *
   * @return what it keeps
   */
  private List<String> set(String spoke, Map<String, Object> parameters) {
    try {
      api.call(spoke, "accounts.setAccountInfo", parameters);
      return List.of();
    } catch (VendorError e) {
      var profile = new LinkedHashMap<>(map(parameters.get("profile")));
      if (!e.code().equals(GigyaApi.TAKEN) || profile.remove("email") == null) {
        throw e;
      }
      parameters.put("profile", profile);
      api.call(spoke, "accounts.setAccountInfo", parameters);
      return List.of("/profile/email");
    }
  }

  private Map<String, Object> delete(String spoke, String uid) {
    try {
      api.call(spoke, "accounts.deleteAccount", Map.of("UID", uid));
    } catch (VendorError e) {
      if (!e.code().equals(GigyaApi.UNKNOWN_UID)) throw e;
    }
    return Changes.written(uid);
  }

  private static Map<String, Object> differences(
      Map<String, Object> before, Map<String, Object> record) {
    var parameters = new LinkedHashMap<String, Object>();
    for (var part : new String[] {"profile", "data"})
      keep(parameters, part, Changes.between(map(before.get(part)), map(record.get(part))));
    for (var part : new String[] {"subscriptions", "preferences"})
      keep(parameters, part, decisions(map(before.get(part)), map(record.get(part))));
    return parameters;
  }

  private static void keep(Map<String, Object> parameters, String part, Map<String, Object> value) {
    if (!value.isEmpty()) parameters.put(part, value);
  }

  /** The statements, at any depth, whose decision differs. */
  private static Map<String, Object> decisions(
      Map<String, Object> before, Map<String, Object> record) {
    var changed = new LinkedHashMap<String, Object>();
    record.forEach(
        (name, value) -> {
          var now = map(value);
          var then = map(before.get(name));
          if (decision(now) == null) keep(changed, name, decisions(then, now));
          else if (!Objects.equals(decision(now), decision(then))) changed.put(name, now);
        });
    return changed;
  }

  private static Object decision(Map<String, Object> statement) {
    return statement.getOrDefault("isSubscribed", statement.get("isConsentGranted"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
