package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The accounts of the site with their login identifiers, in the order of their last change. An
 * account is a JSON document in the vendor's shape; {@code "_lite": true} marks a lite account.
 */
final class Accounts {
  /** Hears of what happened to an account, such as {@code accountUpdated}. */
  interface Listener {
    void happened(String event, JsonObject account);
  }

  private record Place(long time, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final Clock clock;
  private final Map<String, JsonObject> byUid = new HashMap<>();
  private final Map<String, String> byLogin = new HashMap<>();
  private final Map<String, Set<String>> loginsByUid = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final NavigableMap<Place, String> byTime = new TreeMap<>();
  private Listener listener = (event, account) -> {};
  private long number;

  Accounts(Clock clock) {
    this.clock = clock;
  }

  void listener(Listener listener) {
    this.listener = listener;
  }

  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  int size() {
    return byUid.size();
  }

  /** The account, or null. */
  JsonObject find(String uid) {
    return byUid.get(uid);
  }

  /** The account; refused when there is none. */
  JsonObject get(String uid) {
    var account = byUid.get(uid);
    if (account == null) throw new Refusal(Refusal.UNAUTHORIZED_USER, "Unauthorized user");
    return account;
  }

  /** The UID of the account that logs in with this, or null. */
  String owner(String login) {
    return byLogin.get(login.toLowerCase(Locale.ROOT));
  }

  /** The UIDs of accounts changed at or after this, oldest change first. */
  Collection<String> changedSince(long millis) {
    return byTime.tailMap(new Place(millis, 0), true).values();
  }

  /** The UIDs, latest change first. */
  Collection<String> newestFirst() {
    return byTime.descendingMap().values();
  }

  /** Keeps a new account, which has its UID and login identifiers. */
  void add(JsonObject account, String... events) {
    stored(account, events);
  }

  /** Keeps a change of an account: it is now the latest. */
  void changed(JsonObject account, String... events) {
    stamp(account, "lastUpdated", now());
    stored(account, events);
  }

  private void stored(JsonObject account, String... events) {
    byUid.put(account.getString("UID"), account);
    index(account);
    for (var event : events) listener.happened(event, account);
  }

  /** Removes an account for good. */
  void remove(String uid) {
    var account = get(uid);
    forget(uid);
    byUid.remove(uid);
    listener.happened("accountDeleted", account);
  }

  private void index(JsonObject account) {
    var uid = account.getString("UID");
    forget(uid);
    var place = new Place(account.getLong("lastUpdatedTimestamp"), ++number);
    places.put(uid, place);
    byTime.put(place, uid);
    var logins = logins(account);
    logins.forEach(login -> byLogin.put(login, uid));
    loginsByUid.put(uid, logins);
  }

  private void forget(String uid) {
    var place = places.remove(uid);
    if (place != null) byTime.remove(place);
    loginsByUid.getOrDefault(uid, new HashSet<>()).forEach(byLogin::remove);
    loginsByUid.remove(uid);
  }

  /** What the account logs in with: its user name and its addresses, in lower case. */
  static Set<String> logins(JsonObject account) {
    var logins = new LinkedHashSet<String>();
    var ids = account.getJsonObject("loginIDs", new JsonObject());
    if (ids.getString("username") != null) logins.add(ids.getString("username"));
    for (var list : new String[] {"emails", "unverifiedEmails"})
      if (ids.getJsonArray(list) != null)
        ids.getJsonArray(list).forEach(email -> logins.add(String.valueOf(email)));
    var lower = new LinkedHashSet<String>();
    logins.forEach(login -> lower.add(login.toLowerCase(Locale.ROOT)));
    return lower;
  }

  /** Writes a time in both of the vendor's forms. */
  static void stamp(JsonObject account, String name, Instant at) {
    account.put(name, iso(at)).put(name + "Timestamp", at.toEpochMilli());
  }

  /** The vendor's ISO form: always three digits of milliseconds. */
  static String iso(Instant at) {
    return java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
        .withZone(java.time.ZoneOffset.UTC)
        .format(at);
  }
}
