package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was changed in the vendor's screens, and written over by a client that had read the account
 * right before: {@code accounts.setAccountInfo} knows no condition, so nobody can know of it.
 */
final class Unseen {
  private static final long RIGHT_BEFORE = TimeUnit.SECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final Map<String, Long> read = new HashMap<>();
  private final Map<String, Set<String>> edited = new HashMap<>();
  private final Set<String> unseen = new TreeSet<>();

  Unseen(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A client has seen the account as it is now. */
  void read(String uid) {
    read.put(uid, nanoTime.getAsLong());
    edited.remove(uid);
  }

  /** It was changed in the screens. */
  void edited(String uid, JsonObject before, JsonObject after) {
    edited.computeIfAbsent(uid, id -> new HashSet<>()).addAll(changed(before, after));
  }

  /** A client has written to it. */
  void written(String uid, JsonObject before, JsonObject after) {
    var lost = new HashSet<>(edited.getOrDefault(uid, Set.of()));
    lost.retainAll(changed(before, after));
    var readAt = read.get(uid);
    if (!lost.isEmpty() && readAt != null && nanoTime.getAsLong() - readAt <= RIGHT_BEFORE) {
      unseen.add(uid);
    }
  }

  /** The accounts of which such a change was lost. */
  Set<String> accounts() {
    return Set.copyOf(unseen);
  }

  private static Set<String> changed(JsonObject before, JsonObject after) {
    var then = before.getJsonObject("profile");
    var now = after.getJsonObject("profile");
    var names = new HashSet<>(then.fieldNames());
    names.addAll(now.fieldNames());
    names.removeIf(name -> Objects.equals(then.getValue(name), now.getValue(name)));
    return names;
  }
}
