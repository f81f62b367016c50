package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.platform.FailureKind;
import io.nave.platform.FailureName;
import io.nave.platform.LogKeys;
import io.nave.sync.DeliveryQueue.Lane;
import io.nave.sync.Sending.Outgoing;
import io.nave.sync.Sending.Sent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings one spoke in line in one lane, round by round: takes what is due, leaves out what the
 * spoke holds already, notes what it is about to write, writes it, notes the results, and reads
 * back what changed consent. Where the spoke is down or refuses the hub's credentials, it stops,
 * and tries a single delivery now and then, in the ordinary lane, which takes what is urgent, too,
 * meanwhile. Where the spoke has had too many requests, it waits as long as its budget says. What
 * is due for a replay comes last, and is looked at first, where the spoke can be read: only what
 * really differs is written.
 */
final class Courier {
  private static final Logger LOG = Logger.getLogger(Courier.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 250;
  private static final Duration RENEW = DeliveryQueue.CLAIM_LASTS.dividedBy(4);
  private static final Duration BEHIND = Duration.ofSeconds(30);

  private final Spoke spoke;
  private final Lane lane;
  private final Crossing crossing;
  private final ReadBack readBack;
  private final ReadRecords records;
  private final Sending sending;
  private final DeliveryQueue queue;
  private final Creations creations;
  private final Pauses pauses;
  private final Clock clock;
  private final RetryPolicy policy;
  private final int batch;
  private final ScheduledExecutorService keeper;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private int troubles;

  Courier(
      Spoke spoke,
      Lane lane,
      Crossing crossing,
      ReadBack readBack,
      DeliveryQueue queue,
      Creations creations,
      Pauses pauses,
      Clock clock,
      RetryPolicy policy,
      int batch,
      ScheduledExecutorService keeper) {
    this.keeper = keeper;
    this.creations = creations;
    this.pauses = pauses;
    this.spoke = spoke;
    this.lane = lane;
    this.crossing = crossing;
    this.readBack = readBack;
    this.records = new ReadRecords(spoke, crossing);
    this.sending = new Sending(spoke, crossing, lane == Lane.URGENT);
    this.queue = queue;
    this.clock = clock;
    this.policy = policy;
    this.batch = batch;
    this.thread =
        new Thread(() -> LogKeys.during(Map.of("spoke", spoke.name()), this::work), name());
  }

  String spoke() {
    return spoke.name();
  }

  boolean isUrgent() {
    return lane == Lane.URGENT;
  }

  private String name() {
    return "courier-" + spoke.name() + (isUrgent() ? "-urgent" : "");
  }

  String pausedBecause() {
    return crossing.pausedBecause();
  }

  private boolean isPaused() {
    return crossing.pausedBecause() != null;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  void wake() {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  void stop() {
    stopping = true;
    wake();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    int failed = 0;
    while (!stopping) {
      try {
        crossing.budget().share();
        if (rests() || !tour()) {
          await(LOOK_MILLIS);
        } else if (isPaused()) {
          await(pause());
        }
        failed = 0;
      } catch (RuntimeException trouble) {
        LOG.errorf("deliveries to %s: %s", spoke.name(), FailureName.of(trouble));
        await(LOOK_MILLIS << Math.min(failed++, 3));
      }
    }
  }

  /** Of the two lanes one tries a spoke that is down: the ordinary one, while its budget lasts. */
  private boolean rests() {
    boolean othersTurn = isUrgent() && isPaused() && !crossing.budget().waits(false);
    return othersTurn || waits() || pauses.of(spoke.name()).isPresent();
  }

  private boolean waits() {
    return crossing.budget().waits(isUrgent());
  }

  private void await(long millis) {
    try {
      if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      stopping = true;
    }
  }

  private long pause() {
    return Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(troubles, 10));
  }

  private DeliveryQueue.Wanted wanted() {
    var now = clock.instant();
    boolean mayCreate = creations.mayBegin(spoke);
    if (isPaused()) {
      return new DeliveryQueue.Wanted(laneWhenPaused(), mayCreate, now, 1);
    }
    var dueBy = !isUrgent() && creations.isBehind() ? now.minus(BEHIND) : now;
    return new DeliveryQueue.Wanted(lane, mayCreate, dueBy, crossing.round(batch, isUrgent()));
  }

  private Lane laneWhenPaused() {
    return isUrgent() ? Lane.URGENT : Lane.ANY;
  }

  /** Delivers, then reads back; false where there was nothing to do. */
  private boolean tour() {
    int delivered = round();
    if ((isPaused() || waits()) && delivered > 0) {
      return true;
    }
    boolean busy = delivered > 0 || !isUrgent() && creations.isBehind();
    int most = isPaused() ? 1 : crossing.round(batch, isUrgent());
    var read = readBack.round(isPaused() ? laneWhenPaused() : lane, busy, most);
    if (read.down() != null) {
      pause(read.down());
    } else if (read.read() > 0) {
      resume();
    }
    return delivered + read.read() > 0;
  }

  private int round() {
    var due = claim(wanted());
    if (due.isEmpty()) {
      return 0;
    }
    long pause = RENEW.toMillis();
    var holding = keeper.scheduleAtFixedRate(() -> hold(due), pause, pause, TimeUnit.MILLISECONDS);
    try {
      deliver(due);
    } finally {
      holding.cancel(false);
    }
    return due.size();
  }

  /** Another try is due at the next time; the answers have to be noted in any case. */
  private void hold(List<DueDelivery> due) {
    try {
      queue.renew(spoke.name(), due, clock.instant());
    } catch (RuntimeException away) {
      LOG.warnf("claims of %s could not be renewed: %s", spoke.name(), FailureName.of(away));
    }
  }

  private void deliver(List<DueDelivery> due) {
    var settled = new ArrayList<SettledDelivery>();
    var outgoing = new ArrayList<Outgoing>();
    look(due, settled).forEach(one -> compare(one, settled, outgoing));
    leaveOthersAlone(settled, outgoing);
    if (!outgoing.isEmpty()) {
      queue.intend(spoke.name(), outgoing, clock.instant());
      settle(sending.send(outgoing), settled);
    }
    if (!settled.isEmpty()) {
      queue.settle(spoke, settled, clock.instant());
    }
  }

  private List<DueDelivery> claim(DeliveryQueue.Wanted wanted) {
    var due = queue.claim(spoke.name(), wanted, clock.instant());
    boolean mayReplay = wanted.lane() == Lane.ORDINARY && !creations.isBehind();
    return due.isEmpty() && mayReplay
        ? queue.claim(spoke.name(), wanted.in(Lane.REPLAY), clock.instant())
        : due;
  }

  // -- what is there, where that is not known well enough

  private List<DueDelivery> look(List<DueDelivery> due, List<SettledDelivery> settled) {
    var byRecord =
        due.stream()
            .filter(this::isLookedAt)
            .collect(Collectors.toMap(DueDelivery::recordId, Function.identity()));
    var seen = new ArrayList<>(due.stream().filter(one -> !isLookedAt(one)).toList());
    var back = new ArrayList<DueDelivery>();
    Throwable why = null;
    for (var found : records.now(byRecord.keySet(), isUrgent())) {
      var one = byRecord.get(found.recordId());
      if (found.failure() != null && spoke.classify(found.failure()).stopsTheSpoke()) {
        back.add(one);
        why = found.failure();
      } else if (found.failure() != null) {
        settled.add(failed(one, found.failure()));
      } else {
        found
            .held()
            .ifPresentOrElse(
                h -> seen.add(one.seen(h)), () -> settled.add(SettledDelivery.gone(one)));
      }
    }
    if (why != null) {
      back.addAll(seen);
      pause(back, why);
      return List.of();
    }
    if (!byRecord.isEmpty()) {
      resume();
    }
    return seen;
  }

  private boolean isLookedAt(DueDelivery due) {
    return (due.replay() != null || !due.begun().isEmpty() || due.unsure() != null)
        && spoke.reads()
        && !due.isCreation()
        && !due.obsolete();
  }

  // -- what has to be written

  private void compare(DueDelivery due, List<SettledDelivery> settled, List<Outgoing> outgoing) {
    try {
      var compared = Compared.toDeliver(spoke, due);
      boolean isUnseen = due.unsure() != null && due.looked() == null;
      if (due.obsolete() || compared.isSame() && !isUnseen) {
        settled.add(SettledDelivery.unchanged(due, compared));
      } else if (compared.wanted() == null) {
        settled.add(settled(due, "not-held", null, null));
      } else {
        var before = isUnseen ? JsonNodeFactory.instance.objectNode() : compared.held();
        outgoing.add(Outgoing.of(spoke, due, compared, before));
      }
    } catch (RuntimeException broken) {
      settled.add(failed(due, FailureKind.INVALID, broken.getMessage()));
    }
  }

  /** What the spoke would take into another customer's record is not created. */
  private void leaveOthersAlone(List<SettledDelivery> settled, List<Outgoing> outgoing) {
    var creations = outgoing.stream().filter(one -> one.due().isCreation()).toList();
    if (spoke.hasUniqueEmails() && !creations.isEmpty()) {
      var taken = queue.taken(spoke.name(), creations);
      for (var one : creations) {
        var record = taken.get(one.target());
        if (record != null) {
          outgoing.remove(one);
          settled.add(SettledDelivery.ofAnother(one.due(), record));
        }
      }
    }
  }

  // -- results

  private void settle(List<Sent> sent, List<SettledDelivery> settled) {
    queue.tried(spoke.name(), sending.toldWithoutAnswer(sent), clock.instant());
    var back = new ArrayList<DueDelivery>();
    Throwable why = null;
    for (var one : sent) {
      if (one.instead() != null) {
        settled.add(one.instead());
      } else if (one.failure() == null) {
        settled.add(delivered(one.outgoing(), one.taken()));
      } else if (Sending.cause(one.failure()) instanceof Spoke.CannotHold no) {
        settled.add(cannotHold(one.outgoing().due(), no));
      } else if (one.isHeldBack() || sending.stopsTheSpoke(one)) {
        back.add(one.outgoing().due());
        why = one.isHeldBack() ? why : Sending.cause(one.failure());
      } else {
        var failed = failed(one.outgoing().due(), Sending.cause(one.failure()));
        settled.add(failed.after(one.outgoing().tells(), false));
      }
    }
    if (back.isEmpty()) {
      resume();
    } else {
      pause(back, why);
    }
  }

  private SettledDelivery delivered(Outgoing outgoing, Spoke.Taken taken) {
    var holds =
        taken.left().isEmpty()
            ? outgoing.reportedBack()
            : spoke.reportedBack(
                outgoing.parcel().without(taken.left()), outgoing.parcel().before());
    return settled(outgoing.due(), "delivered", holds, taken.recordId())
        .after(outgoing.tells(), outgoing.leaves());
  }

  private void pause(List<DueDelivery> back, Throwable why) {
    pause(why);
    queue.release(spoke.name(), back, spoke.classify(why), why.getMessage());
  }

  private void pause(Throwable why) {
    var kind = spoke.classify(why);
    var asked = spoke.retryAfter(why);
    if (kind == FailureKind.THROTTLED) {
      crossing.resume();
      LOG.infof("%s has had too many requests; waits until %s", spoke.name(), refused(asked));
      return;
    }
    if (!isPaused()) {
      LOG.warnf("%s is paused: %s", spoke.name(), kind);
    }
    troubles++;
    crossing.pause(kind + ": " + why.getMessage());
    asked.ifPresent(crossing.budget()::waitFor);
  }

  private Instant refused(Optional<Duration> asked) {
    return crossing.budget().refused(asked);
  }

  private void resume() {
    if (isPaused()) {
      LOG.infof("%s is resumed", spoke.name());
    }
    troubles = 0;
    crossing.resume();
    crossing.budget().answered();
  }

  private SettledDelivery settled(DueDelivery due, String state, Held held, String recordId) {
    return new SettledDelivery(due, state, held, recordId, 0, null, null, null);
  }

  private static SettledDelivery cannotHold(DueDelivery due, Spoke.CannotHold no) {
    return new SettledDelivery(due, "not-held", null, null, 0, null, no.getMessage(), null);
  }

  private SettledDelivery failed(DueDelivery due, Throwable failure) {
    var kind = spoke.classify(failure);
    int tried = due.attempts() + 1;
    if (kind == FailureKind.TRANSIENT && !policy.isExhausted(tried)) {
      var again = clock.instant().plus(policy.pause(tried));
      return new SettledDelivery(due, "due", null, null, tried, kind, failure.getMessage(), again);
    }
    return failed(due, kind, failure.getMessage());
  }

  private SettledDelivery failed(DueDelivery due, FailureKind kind, String error) {
    LogKeys.during(
        Map.of("customer", due.customerId()),
        () -> LOG.warnf("a delivery to %s is a dead letter: %s", spoke.name(), kind));
    return new SettledDelivery(due, "failed", null, null, due.attempts() + 1, kind, error, null);
  }
}
