package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.platform.FailureKind;
import io.nave.sync.ConsentReads.Due;
import io.nave.sync.ConsentReads.Ended;
import io.nave.sync.ConsentReads.Redelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes sure that a spoke holds the consents that were sent there, by reading its records: one
 * courier's part of it. A reading that says otherwise is repeated, since a vendor may be slow to
 * show what it took; then the record is written once more. Only a stop that the hub knows nothing
 * of is left alone: the spoke's own report of it is on the way.
 */
final class ReadBack {
  private static final int LOOKS = 3;

  /** While deliveries wait, only what is due so soon is read. */
  private static final Duration SOON = Duration.ofMinutes(15);

  private static final Instant ANY_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final Spoke spoke;
  private final ConsentReads reads;
  private final ConsentTimes times;
  private final ReadRecords records;
  private final Clock clock;
  private final RetryPolicy policy;

  ReadBack(
      Spoke spoke,
      ConsentReads reads,
      ConsentTimes times,
      Crossing crossing,
      Clock clock,
      RetryPolicy policy) {
    this.spoke = spoke;
    this.reads = reads;
    this.times = times;
    this.records = new ReadRecords(spoke, crossing);
    this.clock = clock;
    this.policy = policy;
  }

  /**
   * What came of a round.
   *
   * @param read how many notices were looked at
   * @param down what stops the spoke, or null
   */
  record Round(int read, Throwable down) {
    static final Round NOTHING = new Round(0, null);
  }

  /** What was found in one record. */
  private record Found(List<Due> due, Optional<Held> held, Throwable failure) {}

  /**
   * @param busy whether deliveries wait, which come first
   */
  Round round(DeliveryQueue.Lane lane, boolean busy, int most) {
    if (!spoke.reads()) {
      return Round.NOTHING;
    }
    var now = clock.instant();
    boolean all = !busy || lane == DeliveryQueue.Lane.URGENT;
    var due = reads.claim(spoke.name(), lane, now, all ? ANY_TIME : now.plus(SOON), most);
    if (due.isEmpty()) {
      return Round.NOTHING;
    }
    var found = read(due, lane == DeliveryQueue.Lane.URGENT);
    return settle(found, due.size());
  }

  private List<Found> read(List<Due> due, boolean urgent) {
    Map<String, List<Due>> byRecord =
        due.stream()
            .collect(Collectors.groupingBy(Due::recordId, LinkedHashMap::new, Collectors.toList()));
    return records.now(byRecord.keySet(), urgent).stream()
        .map(one -> new Found(byRecord.get(one.recordId()), one.held(), one.failure()))
        .toList();
  }

  // -- what it means

  private Round settle(List<Found> found, int claimed) {
    var ended = new ArrayList<Ended>();
    var again = new LinkedHashMap<String, Redelivery>();
    var back = new ArrayList<Due>();
    Throwable down = null;
    for (var one : found) {
      if (one.failure() != null && stops(one.failure())) {
        down = one.failure();
        back.addAll(one.due());
      } else if (one.failure() != null) {
        one.due().forEach(due -> ended.add(unread(due, one.failure())));
      } else {
        one.due().forEach(due -> judge(due, one.held(), ended, again));
      }
    }
    var now = clock.instant();
    if (!ended.isEmpty()) {
      reads.settle(spoke.name(), ended, List.copyOf(again.values()), now);
      ended.stream().filter(e -> e.state().equals("confirmed")).forEach(e -> confirmed(e, now));
    }
    if (!back.isEmpty()) {
      reads.release(back, spoke.classify(down) + ": " + down.getMessage());
    }
    return new Round(claimed, down);
  }

  private void confirmed(Ended ended, Instant now) {
    times.confirmed(spoke.name(), ended.due().decidedAt(), ended.due().noticedAt(), now);
  }

  private boolean stops(Throwable failure) {
    return spoke.classify(failure).stopsTheSpoke();
  }

  private Ended unread(Due due, Throwable failure) {
    boolean passes = spoke.classify(failure) == FailureKind.TRANSIENT;
    var error = "not read back: " + failure.getMessage();
    return passes
        ? new Ended(due, "sent", error, later(due.reads() + 1), false)
        : new Ended(due, "failed", error, null, false);
  }

  private void judge(
      Due due, Optional<Held> held, List<Ended> ended, Map<String, Redelivery> again) {
    if (held.isEmpty()) {
      ended.add(new Ended(due, "cannot-hold", "the system has no such record", null, false));
      return;
    }
    var reading = Reading.of(due.subject(), wanted(due), held.get().consents());
    boolean last = due.reads() + 1 >= LOOKS;
    switch (reading.verdict()) {
      case CONFIRMED -> ended.add(new Ended(due, "confirmed", null, null, false));
      case NO_PLACE -> ended.add(new Ended(due, "cannot-hold", reading.words(), null, false));
      case STRICTER -> ended.add(lookAgain(due, reading, last));
      case CONTRADICTED -> {
        if (last) {
          contradicted(due, reading, held.get(), ended, again);
        } else {
          ended.add(lookAgain(due, reading, false));
        }
      }
    }
  }

  private Ended lookAgain(Due due, Reading reading, boolean failed) {
    var state = failed ? "failed" : "sent";
    return new Ended(due, state, reading.words(), later(due.reads() + 1), false);
  }

  private void contradicted(
      Due due, Reading reading, Held found, List<Ended> ended, Map<String, Redelivery> again) {
    ended.add(new Ended(due, "failed", reading.words(), null, true));
    int times = due.contradicted() + 1;
    if (!policy.isExhausted(times) && due.known() != null) {
      var seen = new Held(due.known().customer(), found.consents(), due.known().preferences());
      var at = times == 1 ? clock.instant() : later(times);
      again.putIfAbsent(due.recordId(), new Redelivery(due, seen, at));
    }
  }

  private Instant later(int tried) {
    return clock.instant().plus(policy.pause(tried));
  }

  /** What the record should report, as the customer is now. */
  private List<Consent> wanted(Due due) {
    var state = CanonicalJson.parse(due.state());
    var view = new Spoke.View(due.recordId(), due.customerId(), due.version(), state);
    return spoke
        .toRecord(view)
        .map(record -> spoke.reportedBack(record).consents())
        .orElse(List.of());
  }
}
