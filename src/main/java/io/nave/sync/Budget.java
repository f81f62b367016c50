package io.nave.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How many requests one spoke bears in a day, and whether it asked to wait. A share of the day is
 * kept for what is urgent. What a spoke says itself counts besides the limit that is configured:
 * how much of its quota is used, and when it wants to be asked again.
 *
 * <p>The day is the whole hub's: what this instance used is told to the others once a second, so
 * that together they may exceed the limit by what they make in a second. Waiting is this
 * instance's: each one is told by the spoke.
 */
public final class Budget {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** What is urgent waits, too, so that a single try now and then is worth more than silence. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** A spoke that asks for longer is asked again then, in case it did not mean it. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /** A used-up quota that was told so long ago is asked for again, by one request. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private static final long TELL_NANOS = Duration.ofSeconds(1).toNanos();

  private final String spoke;
  private final long perDay;
  private final double reserve;
  private final DayUse use;
  private final Clock clock;
  private LocalDate day;
  private long told;
  private long untold;
  private long toldAtNanos = System.nanoTime() - TELL_NANOS;
  private Quota quota;
  private Instant notBefore = Instant.EPOCH;
  private int refusals;

  Budget(Spoke spoke, DayUse use, Clock clock) {
    this.spoke = spoke.name();
    this.perDay = spoke.perDay();
    this.reserve = spoke.reserve();
    this.use = use;
    this.clock = clock;
    this.day = today();
  }

  /** What the spoke said of its quota, and how much was used since. */
  private record Quota(long used, long limit, Instant at) {
    Quota spend() {
      return new Quota(used + 1, limit, at);
    }
  }

  /**
   * The budget at a time.
   *
   * @param used requests of today; of the spoke's own count where it has one
   * @param limit how many it may be; 0: nobody says
   * @param waitsUntil when what is not urgent goes on; null: it does not wait
   */
  public record Now(long used, long limit, Instant waitsUntil) {}

  /** The budget now. */
  public synchronized Now now() {
    boolean theirs = quota != null;
    return new Now(
        theirs ? quota.used() : used(), theirs ? quota.limit() : perDay, waitsUntil(false));
  }

  /** One request is made. */
  synchronized void spend() {
    roll();
    untold++;
    quota = quota == null ? null : quota.spend();
  }

  /** Tells the others what was used here, and learns what they used; at most once a second. */
  void share() {
    long more = takeUntold();
    if (more < 0) {
      return;
    }
    try {
      var sum = use.add(spoke, today(), more);
      synchronized (this) {
        told = sum;
      }
    } catch (RuntimeException unreachable) {
      putBack(more);
      throw unreachable;
    }
  }

  private synchronized long takeUntold() {
    roll();
    boolean soon = System.nanoTime() - toldAtNanos < TELL_NANOS;
    if (soon || untold == 0 && perDay == 0) {
      return -1;
    }
    toldAtNanos = System.nanoTime();
    long more = untold;
    told += more;
    untold = 0;
    return more;
  }

  private synchronized void putBack(long more) {
    told -= more;
    untold += more;
  }

  private void roll() {
    if (!today().equals(day)) {
      day = today();
      told = 0;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private long used() {
    return today().equals(day) ? told + untold : 0;
  }

  /** How many requests may be made now. */
  synchronized long left(boolean urgent) {
    if (clock.instant().isBefore(notBefore)) {
      return 0;
    }
    long own = perDay == 0 ? Long.MAX_VALUE : share(perDay, urgent) - used();
    return Math.max(0, Math.min(own, leftOfQuota(urgent)));
  }

  /** What is urgent is tried in any case: the spoke itself may refuse it. */
  private long leftOfQuota(boolean urgent) {
    if (urgent || quota == null) {
      return Long.MAX_VALUE;
    }
    long left = share(quota.limit(), false) - quota.used();
    boolean old = !clock.instant().isBefore(quota.at().plus(FRESH));
    return left <= 0 && old ? 1 : left;
  }

  private long share(long limit, boolean urgent) {
    return urgent ? limit : limit - (long) Math.ceil(limit * reserve);
  }

  /** Whether nothing may be sent now. */
  boolean waits(boolean urgent) {
    return left(urgent) == 0;
  }

  private Instant waitsUntil(boolean urgent) {
    if (left(urgent) > 0) {
      return null;
    }
    var until = notBefore;
    if (leftOfQuota(urgent) <= 0) {
      until = later(until, quota.at().plus(FRESH));
    }
    if (perDay > 0 && share(perDay, urgent) <= used()) {
      until = later(until, today().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    return until;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /**
   * The spoke had too many requests.
   *
   * @param asked how long it asks to wait; where it does not say, it is twice as long each time,
   *     and what was under way already when it began to wait makes it no longer
   */
  synchronized Instant refused(Optional<Duration> asked) {
    var said = asked.filter(time -> !time.isZero());
    if (said.isEmpty() && clock.instant().isBefore(notBefore)) {
      return notBefore;
    }
    var own = FIRST_WAIT.multipliedBy(1L << Math.min(refusals, 10));
    refusals++;
    own = own.compareTo(LONGEST_WAIT) < 0 ? own : LONGEST_WAIT;
    return waitFor(said.orElse(own));
  }

  /** The spoke asks to wait so long. */
  synchronized Instant waitFor(Duration asked) {
    var time = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    notBefore = later(notBefore, clock.instant().plus(time));
    return notBefore;
  }

  /** The spoke took a request. */
  synchronized void answered() {
    refusals = 0;
  }

  /** The spoke says how much of its quota is used. */
  synchronized void says(long used, long limit) {
    quota = limit > 0 ? new Quota(used, limit, clock.instant()) : null;
  }
}
