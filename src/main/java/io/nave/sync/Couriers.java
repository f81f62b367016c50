package io.nave.sync;

import io.nave.sync.DeliveryQueue.Lane;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Two couriers a spoke, so that a slow or broken spoke holds up nobody else, and what is urgent
 * waits for no other delivery.
 */
@ApplicationScoped
public class Couriers {
  private final DeliveryQueue queue;
  private final ConsentReads reads;
  private final ConsentTimes times;
  private final Creations creations;
  private final Pauses pauses;
  private final Clock clock;
  private final RetryPolicy policy;
  private final DayUse use;
  private final int batch;
  private final boolean enabled;
  private final Map<String, Crossing> crossings = new ConcurrentHashMap<>();
  private final List<Courier> couriers = new CopyOnWriteArrayList<>();
  private ScheduledExecutorService keeper;

  Couriers(
      DeliveryQueue queue,
      ConsentReads reads,
      ConsentTimes times,
      Creations creations,
      Pauses pauses,
      Clock clock,
      RetryPolicy policy,
      DayUse use,
      @ConfigProperty(name = "nave.deliver.batch", defaultValue = "100") int batch,
      @ConfigProperty(name = "nave.deliver.enabled", defaultValue = "true") boolean enabled) {
    this.queue = queue;
    this.reads = reads;
    this.times = times;
    this.creations = creations;
    this.pauses = pauses;
    this.clock = clock;
    this.policy = policy;
    this.use = use;
    this.batch = batch;
    this.enabled = enabled;
  }

  /** Starts delivering to these spokes, unless the hub is to write nothing. */
  public synchronized void start(List<Spoke> spokes) {
    keeper = Executors.newSingleThreadScheduledExecutor(Couriers::named);
    for (var spoke : spokes) {
      var budget = new Budget(spoke, use, clock);
      var crossing = new Crossing(spoke.inFlight(), spoke.perSecond(), budget);
      crossings.put(spoke.name(), crossing);
      for (var lane : List.of(Lane.URGENT, Lane.ORDINARY)) {
        var readBack = new ReadBack(spoke, reads, times, crossing, clock, policy);
        var courier =
            new Courier(
                spoke, lane, crossing, readBack, queue, creations, pauses, clock, policy, batch,
                keeper);
        couriers.add(courier);
        if (enabled) {
          courier.start();
        }
      }
    }
  }

  private static Thread named(Runnable work) {
    var thread = new Thread(work, "courier-claims");
    thread.setDaemon(true);
    return thread;
  }

  /** Something is due; {@code urgent} where only that is. */
  void wake(boolean urgent) {
    couriers.stream().filter(courier -> courier.isUrgent() == urgent).forEach(Courier::wake);
  }

  /** Ends what is under way, then stops. */
  @PreDestroy
  public synchronized void stop() {
    couriers.forEach(Courier::stop);
    couriers.clear();
    if (keeper != null) {
      keeper.shutdownNow();
    }
  }

  /** The budget of a spoke as this instance knows it; empty where nothing is delivered to it. */
  public Optional<Budget.Now> budget(String spoke) {
    return crossing(spoke).map(one -> one.budget().now());
  }

  /** The way to a spoke, for whoever else asks something of it. */
  Optional<Crossing> crossing(String spoke) {
    return Optional.ofNullable(crossings.get(spoke));
  }

  /** Whether a spoke that is read now and then is to be left alone. */
  public boolean isLeftAlone(String spoke) {
    return crossing(spoke).map(one -> one.budget().waits(true)).orElse(false);
  }

  /** A spoke refused to be read, since it has had too many requests. */
  public void refused(String spoke, Optional<Duration> asked) {
    crossing(spoke).ifPresent(one -> one.budget().refused(asked));
  }

  /** A spoke says how many requests of its quota are used. */
  public void quota(String spoke, long used, long limit) {
    crossing(spoke).ifPresent(one -> one.budget().says(used, limit));
  }

  /** Why a spoke is paused, by an operator or by itself, or null where it is not. */
  public String pausedBecause(String spoke) {
    return pauses
        .of(spoke)
        .map(pause -> pause.by() + ": " + pause.reason())
        .orElseGet(() -> downBecause(spoke));
  }

  /** Why the hub itself stopped delivering to a spoke on this instance, or null. */
  public String downBecause(String spoke) {
    return enabled || crossing(spoke).isEmpty()
        ? refusedBecause(spoke)
        : "DISABLED: NAVE_DELIVER_ENABLED is false";
  }

  private String refusedBecause(String spoke) {
    return couriers.stream()
        .filter(courier -> courier.spoke().equals(spoke))
        .map(Courier::pausedBecause)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
