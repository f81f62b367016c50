package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.sync.Replays.Open;
import io.nave.sync.Replays.Result;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares customers with a system again, when an operator wants it: to fill a new system, or to
 * put right one that lost something. They are made due slice by slice, each one transaction that
 * also keeps the place, so that any instance goes on after a crash. Only a few wait at a time, and
 * the couriers take them last: a consent change and ordinary news overtake them.
 */
@ApplicationScoped
public class ReplayCustomers {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int SLICE = 200;

  /** So few that news waits behind at most one round of them, so many that couriers never idle. */
  private static final int MOST_WAITING = 400;

  private static final int SAMPLES = 5;
  private static final int LATEST = 50;

  private final Transactions transactions;
  private final Replays replays;
  private final Spokes spokes;
  private final FindCustomers customers;
  private final Couriers couriers;
  private final OperatorActs acts;
  private final Clock clock;
  private final Background background = new Background("replay", LOOK);

  ReplayCustomers(
      Transactions transactions,
      Replays replays,
      Spokes spokes,
      FindCustomers customers,
      Couriers couriers,
      OperatorActs acts,
      Clock clock) {
    this.transactions = transactions;
    this.replays = replays;
    this.spokes = spokes;
    this.customers = customers;
    this.couriers = couriers;
    this.acts = acts;
    this.clock = clock;
  }

  void atStart(@Observes StartupEvent event) {
    background.start(this::tick);
  }

  @PreDestroy
  void stop() {
    background.stop();
  }

  /**
   * What became of a wish.
   *
   * @param replay null where it is refused
   * @param quiet what a quiet replay keeps from happening there, or that the vendor offers no way;
   *     null where nobody asked
   * @param refusal why nothing was begun, or null
   */
  public record Begun(Replay replay, String quiet, String refusal) {
    static Begun refused(String why) {
      return new Begun(null, null, why);
    }
  }

  /** Begins a replay. One at a time of a system; dry runs are as many as one likes. */
  public Begun begin(ReplayWish wish, String by) {
    var spoke = receiving().get(wish.spoke());
    if (spoke == null) {
      return Begun.refused(
          "spoke: %s (expected: one that is written to: %s)"
              .formatted(
                  wish.spoke(),
                  String.join(", ", receiving().keySet().stream().sorted().toList())));
    }
    var words = wish.query() == null ? null : customers.words(wish.query());
    if (wish.query() != null && words == null) {
      return Begun.refused(
          "query: no words in it (expected: a name, a town, an e-mail or a phone)");
    }
    return transactions.call(connection -> begin(connection, wish, spoke, words, by));
  }

  private Begun begin(Connection connection, ReplayWish wish, Spoke spoke, String words, String by)
      throws SQLException {
    var running = replays.running(connection, wish.spoke());
    if (!wish.dryRun() && running.isPresent()) {
      return Begun.refused(
          "spoke: replay %d of %s is not over (expected: one at a time; wait, or cancel it)"
              .formatted(running.get(), wish.spoke()));
    }
    long total = replays.count(connection, wish, words);
    if (total == 0 && wish.customer() != null) {
      return Begun.refused(
          "customer: %s (expected: one that exists and is not merged into another)"
              .formatted(wish.customer()));
    }
    long id = replays.begin(connection, wish, total, by, clock.instant());
    if (!wish.dryRun()) {
      acts.note(connection, by, "begin-replay", wish.withoutNames().put("replay", id), total, null);
    }
    var nothing = "the vendor offers no way: what it does by itself happens as at any change";
    var quiet = wish.quiet() ? spoke.quiet().orElse(nothing) : null;
    return new Begun(replays.of(connection, id).orElseThrow(), quiet, null);
  }

  private Map<String, Spoke> receiving() {
    return spokes.receiving().stream().collect(Collectors.toMap(Spoke::name, Function.identity()));
  }

  /** The latest, first. */
  public List<Replay> latest() {
    return transactions.call(connection -> replays.latest(connection, LATEST));
  }

  /** One, with its samples; empty where there is none. */
  public Optional<Replay> of(long id) {
    return transactions.call(
        connection -> {
          var replay = replays.of(connection, id).orElse(null);
          return replay == null
              ? Optional.empty()
              : Optional.of(replay.with(samples(connection, replay)));
        });
  }

  private List<Replay.Sample> samples(Connection connection, Replay replay) throws SQLException {
    var spoke = receiving().get(replay.spoke());
    var ids = replays.samples(connection, replay.id());
    if (spoke == null || ids.isEmpty()) {
      return List.of();
    }
    var samples = new ArrayList<Replay.Sample>();
    for (var due : replays.wouldBeDue(connection, spoke.name(), ids, spoke.creates())) {
      if (isDifferent(result(spoke, due))) {
        var compared = Compared.of(spoke, due);
        samples.add(
            new Replay.Sample(due.target(), due.customerId(), compared.held(), compared.wanted()));
      }
    }
    return samples.stream().limit(SAMPLES).toList();
  }

  /** Makes nothing more due until it is resumed; false where it does not run. */
  public boolean pause(long id, String by) {
    return move(id, List.of("running"), "paused", "pause-replay", by);
  }

  /** Goes on; false where it is not paused. */
  public boolean resume(long id, String by) {
    return move(id, List.of("paused"), "running", "resume-replay", by);
  }

  /** Ends it where it is: what is not under way is not sent; false where it is over. */
  public boolean cancel(long id, String by) {
    return move(id, List.of("running", "paused"), "cancelled", "cancel-replay", by);
  }

  private boolean move(long id, List<String> from, String to, String act, String by) {
    return transactions.call(
        connection -> {
          if (!replays.move(connection, id, from, to)) {
            return false;
          }
          if (to.equals("cancelled")) {
            replays.withdraw(connection, id, clock.instant());
            replays.finish(connection, id, to, clock.instant());
          }
          var what = JsonNodeFactory.instance.objectNode().put("replay", id);
          acts.note(connection, by, act, what, 1, null);
          return true;
        });
  }

  // -- in the background

  private void tick() {
    while (background.isRunning() && slice()) {
      // the next one
    }
  }

  /** One slice of each replay; false where there is nothing to do now. */
  boolean slice() {
    var receiving = receiving();
    boolean more = !receiving.isEmpty() && transactions.call(c -> slice(c, receiving));
    if (more) {
      couriers.wake(false);
    }
    return more;
  }

  private boolean slice(Connection connection, Map<String, Spoke> receiving) throws SQLException {
    boolean more = false;
    for (var open : replays.hold(connection, receiving.keySet())) {
      more |= slice(connection, open, receiving.get(open.wish().spoke()));
    }
    return more;
  }

  private boolean slice(Connection connection, Open open, Spoke spoke) throws SQLException {
    long waiting = replays.waiting(connection, open);
    if (waiting >= MOST_WAITING) {
      return false;
    }
    var query = open.wish().query();
    var words = query == null ? null : customers.words(query);
    var next = replays.next(connection, open, words, SLICE);
    if (next.isEmpty()) {
      if (waiting == 0) {
        replays.finish(connection, open.id(), "done", clock.instant());
      }
      return false;
    }
    if (open.wish().dryRun()) {
      count(connection, open, spoke, next);
    } else {
      replays.note(connection, open, next, spoke.creates(), clock.instant());
    }
    replays.advance(connection, open, next);
    return true;
  }

  private void count(Connection connection, Open open, Spoke spoke, List<UUID> next)
      throws SQLException {
    var due = replays.wouldBeDue(connection, spoke.name(), next, spoke.creates());
    var results = due.stream().map(one -> result(spoke, one)).toList();
    replays.count(connection, due.stream().map(one -> open.id()).toList(), results);
    var different = new ArrayList<UUID>();
    for (int i = 0; i < due.size(); i++) {
      if (isDifferent(results.get(i)) && different.size() < SAMPLES) {
        different.add(due.get(i).customerId());
      }
    }
    replays.sample(connection, open.id(), different, SAMPLES);
  }

  private static boolean isDifferent(Result result) {
    return result == Result.CREATED || result == Result.UPDATED;
  }

  private static Result result(Spoke spoke, DueDelivery due) {
    try {
      var compared = Compared.of(spoke, due);
      if (compared.isSame()) {
        return Result.UNCHANGED;
      }
      if (compared.wanted() == null) {
        return Result.NOT_HELD;
      }
      return due.isCreation() ? Result.CREATED : Result.UPDATED;
    } catch (RuntimeException broken) {
      return Result.FAILED;
    }
  }
}
