package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The methods that read, write, import, register and delete accounts. */
final class AccountMethods {
  private static final Set<String> ON_REQUEST =
      Set.of("profile", "data", "subscriptions", "preferences", "emails", "loginIDs", "regSource");

  private final Accounts accounts;
  private final Draft draft;
  private final String signingSecret;
  private final Map<String, String> registrations = new HashMap<>();

  AccountMethods(Accounts accounts, Schema schema, String signingSecret) {
    this.accounts = accounts;
    this.draft = new Draft(accounts, schema);
    this.signingSecret = signingSecret;
  }

  JsonObject getAccountInfo(Call call) {
    var account = AccountSearch.shown(accounts.get(uid(call)));
    var include = Set.of(call.text("include", "profile,data").split("\\s*,\\s*"));
    for (var part : ON_REQUEST) if (!include.contains(part)) account.remove(part);
    return signed(account);
  }

  /** Adds the proof that the UID comes from the vendor. */
  private JsonObject signed(JsonObject answer) {
    var timestamp = String.valueOf(accounts.now().getEpochSecond());
    return answer
        .put("signatureTimestamp", timestamp)
        .put("UIDSignature", Gate.sign(signingSecret, timestamp + "_" + answer.getString("UID")));
  }

  JsonObject setAccountInfo(Call call) {
    write(uid(call), call);
    return new JsonObject();
  }

  private String uid(Call call) {
    if (!call.has("regToken")) return call.required("UID");
    var uid = registrations.get(call.text("regToken"));
    if (uid == null) throw Refusal.invalid("regToken", "is unknown or has expired");
    return uid;
  }

  /** Changes the account and says so to the listeners. */
  void write(String uid, Call call) {
    var held = accounts.get(uid);
    var next = draft.change(held, call, false);
    var events = new ArrayList<>(List.of("accountUpdated"));
    if (!next.getJsonObject("subscriptions").equals(held.getJsonObject("subscriptions")))
      events.add("subscriptionUpdated");
    accounts.changed(next, events.toArray(String[]::new));
  }

  JsonObject importFullAccount(Call call) {
    var uid = call.required("UID");
    var policy = call.text("importPolicy", "insert");
    var held = accounts.find(uid);
    if (held != null && policy.equals("insert")) throw new Refusal(Refusal.UID_EXISTS, null);
    if (held == null && policy.equals("update")) accounts.get(uid);
    var next = draft.change(held != null ? held : fresh(uid, call), call, true);
    next.remove("_lite");
    next.put("isRegistered", call.flag("isRegistered", true));
    if (next.getBoolean("isRegistered") && next.getString("registered") == null)
      Accounts.stamp(next, "registered", accounts.now());
    if (Accounts.logins(next).isEmpty()) throw Refusal.missing("username or profile.email");
    if (held != null) accounts.changed(next, "accountUpdated");
    else accounts.add(next, "accountCreated", "accountRegistered");
    return new JsonObject().put("UID", uid);
  }

  /** A new account; a lite one with the same address is taken over. */
  private JsonObject fresh(String uid, Call call) {
    var profile = call.object("profile");
    var email = call.text("email", profile == null ? null : profile.getString("email"));
    var owner = email == null ? null : accounts.owner(email);
    var blank = draft.blank(uid, call.text("regSource", "import"));
    if (call.has("email")) draft.addEmail(blank, email);
    if (owner == null || !accounts.find(owner).getBoolean("_lite", false)) return blank;
    var lite = accounts.find(owner);
    accounts.remove(owner);
    for (var part : new String[] {"profile", "data", "subscriptions", "preferences"})
      blank.put(part, lite.getJsonObject(part).copy());
    draft.addEmail(blank, email);
    return blank;
  }

  /** A lite account is known by its address alone: importing it again updates it. */
  JsonObject importLiteAccount(Call call) {
    var email = call.required("email");
    var owner = accounts.owner(email);
    var held = owner == null ? null : accounts.find(owner);
    var base = held != null ? held : lite(email);
    var next = draft.change(base, call, true);
    if (next.getJsonObject("profile").getString("email") == null)
      next.getJsonObject("profile").put("email", email);
    if (held != null) accounts.changed(next, "accountUpdated");
    else accounts.add(next, "accountCreated");
    return new JsonObject().put("UID", next.getString("UID"));
  }

  private JsonObject lite(String email) {
    var blank = draft.blank(newUid(), "import").put("_lite", true);
    draft.addEmail(blank, email);
    return blank;
  }

  JsonObject isAvailableLoginID(Call call) {
    var owner = accounts.owner(call.required("loginID"));
    var free = owner == null || accounts.find(owner).getBoolean("_lite", false);
    return new JsonObject().put("isAvailable", free);
  }

  JsonObject initRegistration(Call call) {
    var token = "RT1_" + newUid();
    registrations.put(token, newUid());
    return new JsonObject().put("regToken", token);
  }

  JsonObject register(Call call) {
    var token = call.required("regToken");
    var uid = uid(call);
    if (call.required("password").length() < 8)
      throw Refusal.invalid("password", "does not meet the password complexity requirements");
    var next = draft.change(fresh(uid, call), call, false);
    if (Accounts.logins(next).isEmpty()) throw Refusal.missing("username or email");
    accounts.add(next, "accountCreated");
    if (call.flag("finalizeRegistration", false)) return finalizeRegistration(call);
    throw new Refusal(
        Refusal.PENDING_REGISTRATION,
        "Registration was not finalized",
        new JsonObject().put("regToken", token).put("UID", uid));
  }

  JsonObject finalizeRegistration(Call call) {
    call.required("regToken");
    var next = accounts.get(uid(call)).copy().put("isRegistered", true);
    Accounts.stamp(next, "registered", accounts.now());
    accounts.changed(next, "accountRegistered");
    registrations.remove(call.text("regToken"));
    return signed(AccountSearch.shown(next)).put("newUser", true);
  }

  JsonObject deleteAccount(Call call) {
    accounts.remove(call.required("UID"));
    return new JsonObject();
  }

  static String newUid() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
