package io.nave.sandbox.gigya;

import io.nave.sandbox.RecordTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The accounts as rows; what is edited here takes the same way as a call of the API. */
final class AccountRows implements RecordTable {
  private static final List<String> PROFILE =
      List.of("firstName", "lastName", "email", "address", "zip", "city", "country");
  private static final List<Field> FIELDS =
      List.of(
          new Field("firstName", "First name", true),
          new Field("lastName", "Last name", true),
          new Field("email", "E-mail", true),
          new Field("phone", "Phone", true),
          new Field("address", "Address", true),
          new Field("zip", "Postcode", true),
          new Field("city", "City", true),
          new Field("country", "Country", true),
          new Field("newsletter", "Newsletter (yes, no)", true),
          new Field("terms", "Terms (yes, no)", true),
          new Field("lastUpdated", "Last updated", false));

  private final Accounts accounts;
  private final AccountMethods methods;
  private final Unseen unseen;

  AccountRows(Accounts accounts, AccountMethods methods, Unseen unseen) {
    this.accounts = accounts;
    this.methods = methods;
    this.unseen = unseen;
  }

  @Override
  public Set<String> unseen() {
    return unseen.accounts();
  }

  @Override
  public List<Field> fields() {
    return FIELDS;
  }

  @Override
  public int count() {
    return accounts.size();
  }

  @Override
  public List<Row> rows(String query, int offset, int limit) {
    var wanted = query == null ? "" : query.toLowerCase(Locale.ROOT);
    return accounts.newestFirst().stream()
        .map(uid -> row(accounts.find(uid)))
        .filter(row -> wanted.isEmpty() || text(row).contains(wanted))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Row> row(String id) {
    return Optional.ofNullable(accounts.find(id)).map(AccountRows::row);
  }

  private static String text(Row row) {
    return (row.id() + " " + String.join(" ", row.values().values())).toLowerCase(Locale.ROOT);
  }

  private static Row row(JsonObject account) {
    var values = new LinkedHashMap<String, String>();
    var profile = account.getJsonObject("profile");
    for (var name : PROFILE) put(values, name, profile.getValue(name));
    if (Condition.value(profile, "phones.number") instanceof JsonArray phones && !phones.isEmpty())
      put(values, "phone", phones.getValue(0));
    var newsletter = Condition.value(account, "subscriptions.newsletter.email.isSubscribed");
    put(values, "newsletter", yesOrNo(newsletter));
    put(
        values,
        "terms",
        yesOrNo(Condition.value(account, "preferences.terms.tos.isConsentGranted")));
    put(values, "lastUpdated", account.getString("lastUpdated"));
    return new Row(account.getString("UID"), values);
  }

  private static void put(Map<String, String> values, String name, Object value) {
    if (value != null) values.put(name, value.toString());
  }

  private static String yesOrNo(Object value) {
    if (value == null) return null;
    return Boolean.TRUE.equals(value) ? "yes" : "no";
  }

  @Override
  public String add(Map<String, String> values) {
    var uid = AccountMethods.newUid();
    var params = params(values);
    params.put("UID", uid);
    said(() -> methods.importFullAccount(call(params)));
    return uid;
  }

  @Override
  public void edit(String id, Map<String, String> values) {
    var before = accounts.find(id);
    said(() -> methods.write(id, call(params(values))));
    unseen.edited(id, before, accounts.find(id));
  }

  @Override
  public void delete(String id) {
    said(() -> accounts.remove(id));
  }

  @Override
  public boolean unsubscribe(String id) {
    var account = accounts.find(id);
    if (account == null) return false;
    var subscriptions = new JsonObject();
    for (var name : account.getJsonObject("subscriptions").fieldNames())
      subscriptions.put(name, subscribed(false));
    if (subscriptions.isEmpty()) subscriptions.put("newsletter", subscribed(false));
    var params = new HashMap<String, String>();
    params.put("subscriptions", subscriptions.encode());
    said(() -> methods.write(id, call(params)));
    return true;
  }

  private static Map<String, String> params(Map<String, String> values) {
    var params = new HashMap<String, String>();
    var profile = new JsonObject();
    for (var name : PROFILE)
      if (values.containsKey(name)) profile.put(name, empty(values.get(name)));
    if (values.containsKey("phone")) profile.put("phones", phones(values.get("phone")));
    if (!profile.isEmpty()) params.put("profile", profile.encode());
    if (empty(values.get("newsletter")) != null)
      params.put(
          "subscriptions",
          new JsonObject().put("newsletter", subscribed(yes(values, "newsletter"))).encode());
    if (empty(values.get("terms")) != null)
      params.put(
          "preferences",
          new JsonObject()
              .put("terms", new JsonObject().put("tos", granted(yes(values, "terms"))))
              .encode());
    return params;
  }

  private static JsonArray phones(String number) {
    if (empty(number) == null) return null;
    return new JsonArray().add(new JsonObject().put("type", "mobile").put("number", number));
  }

  private static boolean yes(Map<String, String> values, String name) {
    return values.get(name).strip().equalsIgnoreCase("yes");
  }

  private static JsonObject subscribed(boolean is) {
    return new JsonObject().put("email", new JsonObject().put("isSubscribed", is));
  }

  private static JsonObject granted(boolean is) {
    return new JsonObject().put("isConsentGranted", is);
  }

  private static String empty(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static Call call(Map<String, String> params) {
    var origin = new Call.Origin("POST", List.of(), null);
    return new Call("page", params, origin, AccountMethods.newUid());
  }

  private static void said(Runnable change) {
    try {
      change.run();
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.envelope().getString("errorDetails"), refusal);
    }
  }
}
