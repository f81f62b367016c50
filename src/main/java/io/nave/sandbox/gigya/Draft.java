package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a call's parameters into an account: all of them or, where one is refused, none. A merge:
 * what is absent stays, null deletes, lists are replaced.
 */
final class Draft {
  private final Accounts accounts;
  private final Schema schema;

  Draft(Accounts accounts, Schema schema) {
    this.accounts = accounts;
    this.schema = schema;
  }

  /** A new account without any statements in it. */
  JsonObject blank(String uid, String source) {
    var now = accounts.now();
    var account =
        new JsonObject()
            .put("UID", uid)
            .put("isActive", true)
            .put("isRegistered", false)
            .put("isVerified", false)
            .put("loginProvider", "site")
            .put("socialProviders", "site")
            .put("regSource", source)
            .put(
                "loginIDs",
                new JsonObject()
                    .put("emails", new JsonArray())
                    .put("unverifiedEmails", new JsonArray()))
            .put(
                "emails",
                new JsonObject()
                    .put("verified", new JsonArray())
                    .put("unverified", new JsonArray()))
            .put("profile", new JsonObject())
            .put("data", new JsonObject())
            .put("subscriptions", new JsonObject())
            .put("preferences", new JsonObject());
    Accounts.stamp(account, "created", now);
    Accounts.stamp(account, "lastUpdated", now);
    return account;
  }

  /**
   * The account with the call's changes; the given one is untouched.
   *
   * @param importing whether system fields may be preset
   */
  JsonObject change(JsonObject account, Call call, boolean importing) {
    var next = account.copy();
    var now = accounts.now();
    profile(next, call);
    var data = call.object("data");
    if (data != null) merge(next.getJsonObject("data"), data);
    var preferences = call.object("preferences");
    if (preferences != null)
      Consents.prefer(
          next.getJsonObject("preferences"),
          preferences,
          now,
          call.text("lang", "en"),
          "preferences");
    var subscriptions = call.object("subscriptions");
    if (subscriptions != null)
      Consents.subscribe(
          next.getJsonObject("subscriptions"), subscriptions, now, schema, importing);
    for (var name : new String[] {"isActive", "isVerified", "isRegistered"})
      if (call.has(name)) next.put(name, call.flag(name, false));
    logins(next, call);
    refuseTaken(next);
    return next;
  }

  private void profile(JsonObject account, Call call) {
    var given = call.object("profile");
    if (given == null) return;
    schema.check(given);
    var profile = account.getJsonObject("profile");
    var before = profile.getString("email");
    merge(profile, given);
    var after = profile.getString("email");
    if (after != null && !after.equals(before)) replaceEmail(account, before, after);
  }

  /** The profile's address is one of the login identifiers: the former goes, the new comes. */
  private void replaceEmail(JsonObject account, String before, String after) {
    if (before != null) removeEmail(account, before);
    addEmail(account, after);
  }

  void addEmail(JsonObject account, String email) {
    var emails = account.getJsonObject("emails");
    var verified =
        account.getBoolean("isVerified") && emails.getJsonArray("verified").contains(email);
    if (!verified) addTo(emails, "unverified", email);
    addTo(account.getJsonObject("loginIDs"), "emails", email);
  }

  private void removeEmail(JsonObject account, String email) {
    for (var part : new String[] {"emails", "loginIDs"})
      for (var list : account.getJsonObject(part))
        if (list.getValue() instanceof JsonArray values) values.remove(email);
  }

  private void logins(JsonObject account, Call call) {
    if (call.has("username"))
      account.getJsonObject("loginIDs").put("username", call.text("username"));
    emails(call, "addLoginEmails").forEach(email -> addEmail(account, email));
    emails(call, "removeLoginEmails").forEach(email -> removeEmail(account, email));
    if (account.getBoolean("isVerified")) verify(account);
  }

  private void verify(JsonObject account) {
    var emails = account.getJsonObject("emails");
    emails.getJsonArray("unverified").forEach(email -> addTo(emails, "verified", (String) email));
    emails.put("unverified", new JsonArray());
  }

  private static List<String> emails(Call call, String name) {
    var value = call.text(name);
    if (value == null) return List.of();
    if (!value.startsWith("[")) return List.of(value.split("\\s*,\\s*"));
    var emails = new ArrayList<String>();
    new JsonArray(value).forEach(email -> emails.add(String.valueOf(email)));
    return emails;
  }

  private void refuseTaken(JsonObject account) {
    if (account.getBoolean("_lite", false)) return;
    for (var login : Accounts.logins(account)) {
      var owner = accounts.owner(login);
      if (owner == null || owner.equals(account.getString("UID"))) continue;
      if (accounts.find(owner).getBoolean("_lite", false)) continue;
      var field = login.contains("@") ? "profile.email" : "username";
      throw Refusal.field(
          Refusal.UNIQUE_IDENTIFIER_EXISTS,
          field,
          Refusal.UNIQUE_IDENTIFIER_EXISTS,
          field.equals("username") ? "username already exists" : "email already exists");
    }
  }

  private static void addTo(JsonObject object, String list, String value) {
    if (object.getJsonArray(list) == null) object.put(list, new JsonArray());
    if (!object.getJsonArray(list).contains(value)) object.getJsonArray(list).add(value);
  }

  /** Deep merge: null deletes, objects merge, all else replaces. */
  static void merge(JsonObject held, JsonObject given) {
    for (var name : names(given)) {
      var value = given.getValue(name);
      if (value == null) held.remove(name);
      else if (value instanceof JsonObject part && held.getValue(name) instanceof JsonObject place)
        merge(place, part);
      else held.put(name, value instanceof JsonObject part ? withoutNulls(part) : value);
    }
  }

  private static JsonObject withoutNulls(JsonObject given) {
    var copy = new JsonObject();
    merge(copy, given);
    return copy;
  }

  private static Set<String> names(JsonObject json) {
    Map<String, Object> map = json.getMap();
    return new LinkedHashSet<>(map.keySet());
  }
}
