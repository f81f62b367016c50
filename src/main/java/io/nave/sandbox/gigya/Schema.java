package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The site's schema: the vendor's fixed profile fields, free data, and subscriptions of which some
 * ask for a double opt-in.
 */
final class Schema {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Map<String, Integer> NUMBERS =
      Map.of("birthDay", 31, "birthMonth", 12, "birthYear", 9999, "age", 200);
  private static final Set<String> PROFILE =
      Set.of(
          "firstName lastName email nickname username gender age birthDay birthMonth birthYear"
              .concat(
                  " country city state zip address locale languages timezone phones thumbnailURL")
              .concat(" photoURL profileURL bio work education honors industry specialty hometown")
              .concat(
                  " religion politicalView interestedIn relationshipStatus skills likes favorites")
              .concat(" followersCounts followingCount name proxyEmail professionalHeadline")
              .concat(" publications patents certifications isConnected verified oidcData samlData")
              .split(" "));

  private final JsonObject json =
      new JsonObject()
          .put("profileSchema", profileSchema())
          .put("dataSchema", new JsonObject().put("dynamicSchema", true))
          .put("subscriptionsSchema", new JsonObject().put("fields", subscriptions()))
          .put("preferencesSchema", new JsonObject().put("fields", preferences()));

  JsonObject json() {
    return json;
  }

  /** Sets parts of the schema; what is not named stays. */
  void set(String part, JsonObject value) {
    json.getJsonObject(part).mergeIn(value, true);
  }

  boolean doubleOptIn(String subscription) {
    var fields =
        json.getJsonObject("subscriptionsSchema").getJsonObject("fields", new JsonObject());
    var field = fields.getJsonObject(subscription, new JsonObject());
    var email = field.getJsonObject("email", field);
    var wish = email.getValue("doubleOptIn", email.getValue("enableDoubleOptIn"));
    return Boolean.TRUE.equals(wish);
  }

  /** Refuses a profile with fields or values that the vendor's schema does not allow. */
  void check(JsonObject profile) {
    for (var entry : profile.getMap().entrySet()) {
      var path = "profile." + entry.getKey();
      if (!PROFILE.contains(entry.getKey())) throw Refusal.invalid(path, "is not in the schema");
      if (entry.getValue() != null) checkValue(entry.getKey(), path, entry.getValue());
    }
  }

  private void checkValue(String name, String path, Object value) {
    if (NUMBERS.containsKey(name) && !within(value, NUMBERS.get(name)))
      throw invalid(path, "out of range");
    if (name.equals("gender") && !Set.of("f", "m", "u").contains(value))
      throw invalid(path, "gender must be one of f, m, u");
    if (name.equals("email") && !EMAIL.matcher(String.valueOf(value)).matches())
      throw invalid(path, "email address is invalid");
    if (value instanceof String text && text.length() > 1024) throw invalid(path, "too long");
  }

  private static boolean within(Object value, int most) {
    return value instanceof Integer number && number >= 1 && number <= most;
  }

  private static Refusal invalid(String path, String message) {
    return Refusal.field(Refusal.VALIDATION, path, Refusal.INVALID_PARAMETER, message);
  }

  private static JsonObject profileSchema() {
    var fields = new JsonObject();
    for (var name : new java.util.TreeSet<>(PROFILE))
      fields.put(
          name,
          new JsonObject()
              .put("required", false)
              .put("type", NUMBERS.containsKey(name) ? "long" : "string")
              .put("writeAccess", "clientModify"));
    return new JsonObject().put("fields", fields).put("dynamicSchema", false);
  }

  private static JsonObject subscriptions() {
    return new JsonObject()
        .put("newsletter", subscription(false))
        .put("offers", subscription(true));
  }

  private static JsonObject subscription(boolean doubleOptIn) {
    return new JsonObject()
        .put(
            "email",
            new JsonObject()
                .put("type", "subscription")
                .put("required", false)
                .put("doubleOptIn", doubleOptIn));
  }

  private static JsonObject preferences() {
    var fields = new JsonObject();
    for (var name :
        new String[] {"terms.tos", "privacy.policy", "marketing.sms", "marketing.phone"})
      fields.put(
          name,
          new JsonObject()
              .put("type", "consent")
              .put("required", false)
              .put("writeAccess", "clientModify")
              .put("currentDocVersion", 1));
    return fields;
  }
}
