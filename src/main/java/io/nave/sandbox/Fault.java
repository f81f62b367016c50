package io.nave.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/**
 * A misfortune that happens to requests: to the first {@code count} of them, to a share of them, or
 * for a time; to all until it is deleted where none of these is given.
 */
final class Fault {
  private static final Set<String> KEYS =
      Set.of("kind", "path", "count", "share", "seed", "seconds", "status", "retryAfter", "millis");

  /** What happens. */
  enum Kind {
    /** The connection is closed; nothing is applied. */
    down,
    /** Any status; nothing is applied. */
    status,
    /** The answer comes late. */
    slow,
    /** The request is applied, then the connection is closed. */
    dropAfterApply,
    /** The request is applied, then answered with 500. */
    errorAfterApply,
    /** Every token becomes invalid, once and at once. */
    expireTokens,
    /** The system's clock is ahead, or behind. */
    clock
  }

  final int id;
  final Kind kind;
  final int status;
  final Integer retryAfter;
  final long millis;
  private final JsonObject given;
  private final String path;
  private final double share;
  private final Random random;
  private final Instant until;
  private int left;

  /**
   * @throws IllegalArgumentException naming what is wrong in {@code given}
   */
  Fault(int id, JsonObject given, Instant now) {
    this.id = id;
    this.given = given;
    for (String key : given.fieldNames()) {
      require(KEYS.contains(key), key, "one of " + KEYS.stream().sorted().toList());
    }
    this.kind = kind(given.getValue("kind"));
    this.path = String.valueOf(given.getValue("path", "/"));
    this.left = (int) number("count", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    this.share = number("share", 0, 1, 1);
    this.random = new Random((long) number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1));
    var seconds = number("seconds", 0, 86_400, -1);
    this.until = seconds < 0 ? Instant.MAX : now.plus(Duration.ofMillis((long) (seconds * 1000)));
    require(
        kind != Kind.clock || until == Instant.MAX && left == Integer.MAX_VALUE && share == 1,
        "seconds, count or share of kind clock",
        "none: the clock is wrong until the fault is deleted");
    this.status = (int) number("status", 200, 599, 503);
    this.retryAfter =
        given.containsKey("retryAfter") ? (int) number("retryAfter", 0, 86_400, 0) : null;
    this.millis = (long) number("millis", kind == Kind.clock ? -600_000 : 1, 600_000, 1_000);
  }

  private static Kind kind(Object text) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "kind: " + text + " (expected: one of " + Arrays.toString(Kind.values()) + ")");
  }

  private double number(String key, double least, double most, double otherwise) {
    var value = given.getValue(key, otherwise);
    var number = value instanceof Number n ? n.doubleValue() : Double.NaN;
    var good = number >= least && number <= most || !given.containsKey(key);
    require(good, key + ": " + value, "a number from " + least + " to " + most);
    return number;
  }

  private static void require(boolean good, String given, String expected) {
    if (!good) {
      throw new IllegalArgumentException(given + " (expected: " + expected + ")");
    }
  }

  /** Whether its time is over. */
  boolean over(Instant now) {
    return left == 0 || !now.isBefore(until);
  }

  /** Whether it strikes this request; one of its count is used up then. */
  boolean strikes(String requestPath, Instant now) {
    if (over(now) || !requestPath.startsWith(path) || random.nextDouble() >= share) {
      return false;
    }
    left--;
    return true;
  }

  JsonObject json() {
    var json = new JsonObject().put("id", id).mergeIn(given);
    return left == Integer.MAX_VALUE || !given.containsKey("count") ? json : json.put("left", left);
  }
}
