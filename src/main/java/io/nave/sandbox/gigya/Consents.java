package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a write does to an account's {@code preferences} (consent statements) and {@code
 * subscriptions}: the caller sets the decision, the system its times and the double opt-in.
 */
final class Consents {
  private static final Set<String> STATEMENT =
      Set.of(
          "isConsentGranted",
          "actionTimestamp",
          "lang",
          "docVersion",
          "docDate",
          "tags",
          "customData",
          "entitlements",
          "locales");

  private Consents() {}

  /** Merges statements of any depth, such as {@code terms.tos}, into the account's. */
  static void prefer(JsonObject held, JsonObject given, Instant now, String lang, String path) {
    for (var entry : given.getMap().entrySet()) {
      var name = path + "." + entry.getKey();
      if (entry.getValue() == null) held.remove(entry.getKey());
      else {
        var next = object(entry.getValue(), name);
        var place = child(held, entry.getKey());
        if (next.containsKey("isConsentGranted") || place.containsKey("isConsentGranted"))
          state(place, next, now, lang, name);
        else prefer(place, next, now, lang, name);
      }
    }
  }

  private static void state(
      JsonObject held, JsonObject given, Instant now, String lang, String path) {
    for (var name : given.fieldNames())
      if (!STATEMENT.contains(name) && !name.equals("lastConsentModified"))
        throw Refusal.invalid(path + "." + name, "is unknown");
    var before = held.getValue("isConsentGranted");
    if (given.containsKey("isConsentGranted")
        && !(given.getValue("isConsentGranted") instanceof Boolean))
      throw Refusal.invalid(path + ".isConsentGranted", "is not a Boolean");
    for (var name : STATEMENT) if (given.containsKey(name)) held.put(name, given.getValue(name));
    defaults(held, now, lang);
    if (!held.getValue("isConsentGranted", "").equals(before == null ? "" : before)) {
      held.put("lastConsentModified", Accounts.iso(now));
      if (!given.containsKey("actionTimestamp")) held.put("actionTimestamp", Accounts.iso(now));
    }
  }

  private static void defaults(JsonObject held, Instant now, String lang) {
    var empty =
        Map.<String, Object>of(
            "actionTimestamp", Accounts.iso(now),
            "lang", lang,
            "tags", new JsonArray(),
            "customData", new JsonArray(),
            "entitlements", new JsonArray(),
            "locales", new JsonArray());
    empty.forEach(
        (name, value) -> {
          if (!held.containsKey(name)) held.put(name, value);
        });
  }

  /**
   * Merges subscriptions, which are named {@code <id>.email}. Where the schema asks for a double
   * opt-in, a new subscription is at once {@code isSubscribed}, but {@code Pending}.
   */
  static void subscribe(
      JsonObject held, JsonObject given, Instant now, Schema schema, boolean importing) {
    for (var id : given.fieldNames()) {
      var channels = object(given.getValue(id), "subscriptions." + id);
      for (var channel : channels.fieldNames()) {
        var path = "subscriptions." + id + "." + channel;
        if (!channel.equals("email")) throw Refusal.invalid(path, "is unknown");
        var place = child(child(held, id), channel);
        set(place, object(channels.getValue(channel), path), now, schema.doubleOptIn(id), path);
        if (importing) preset(place, channels.getJsonObject(channel));
      }
    }
  }

  private static void set(
      JsonObject held, JsonObject given, Instant now, boolean doubleOptIn, String path) {
    if (given.containsKey("tags")) held.put("tags", given.getValue("tags"));
    else if (!held.containsKey("tags")) held.put("tags", new JsonArray());
    var was = held.getBoolean("isSubscribed", false);
    var value = given.getValue("isSubscribed", was);
    if (!(value instanceof Boolean is))
      throw Refusal.invalid(path + ".isSubscribed", "is not a Boolean");
    if (!held.containsKey("isSubscribed") || is != was) {
      held.put("isSubscribed", is).put("lastUpdatedSubscriptionState", Accounts.iso(now));
      held.put("doubleOptIn", optIn(doubleOptIn && is, now));
    }
    var wish = given.getJsonObject("doubleOptIn", new JsonObject());
    if (held.getBoolean("isSubscribed") && wish.getBoolean("isExternallyVerified", false))
      confirm(held, now);
  }

  private static JsonObject optIn(boolean pending, Instant now) {
    var status = new JsonObject().put("status", pending ? "Pending" : "NotConfirmed");
    return pending ? status.put("emailSentTime", Accounts.iso(now)) : status;
  }

  /** The person followed the link in the confirmation mail. */
  static void confirm(JsonObject subscription, Instant now) {
    var optIn = child(subscription, "doubleOptIn");
    if ("Confirmed".equals(optIn.getString("status"))) return;
    optIn.put("status", "Confirmed").put("confirmTime", Accounts.iso(now));
  }

  /** An import may bring the times and the double opt-in of the former system. */
  private static void preset(JsonObject held, JsonObject given) {
    if (given.getString("lastUpdatedSubscriptionState") != null)
      held.put("lastUpdatedSubscriptionState", given.getString("lastUpdatedSubscriptionState"));
    var optIn = given.getJsonObject("doubleOptIn");
    if (optIn != null && optIn.getString("status") != null) held.put("doubleOptIn", optIn.copy());
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (!(parent.getValue(name) instanceof JsonObject)) parent.put(name, new JsonObject());
    return parent.getJsonObject(name);
  }

  private static JsonObject object(Object value, String path) {
    if (value instanceof JsonObject json) return json;
    if (value instanceof Map<?, ?> map) {
      var json = new JsonObject();
      map.forEach((name, part) -> json.put(String.valueOf(name), part));
      return json;
    }
    throw Refusal.invalid(path, "is not an object");
  }
}
