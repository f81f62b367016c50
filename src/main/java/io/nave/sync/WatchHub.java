package io.nave.sync;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.nave.sync.Figures.OfSpoke;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Keeps the hub's metrics: reads the figures now and then, and shows the last ones. Where they
 * cannot be read, the last ones stay, and {@code nave.figures.age} tells how old they are. Figures
 * are those of the whole hub, the same on every instance, but {@code nave.sources.held}, {@code
 * nave.spoke.paused} by the hub, and times, which are this instance's own.
 */
@ApplicationScoped
public class WatchHub {
  private final ReadFigures read;
  private final Spokes spokes;
  private final Pauses pauses;
  private final Couriers couriers;
  private final Leases leases;
  private final DeliveryTimes deliveryTimes;
  private final ConsentTimes consentTimes;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Set<String> known = new HashSet<>();
  private final Set<String> sources = new HashSet<>();
  private volatile Figures figures;
  private volatile Set<String> paused = Set.of();

  WatchHub(
      ReadFigures read,
      Spokes spokes,
      Pauses pauses,
      Couriers couriers,
      Leases leases,
      DeliveryTimes deliveryTimes,
      ConsentTimes consentTimes,
      Clock clock,
      MeterRegistry registry) {
    this.read = read;
    this.spokes = spokes;
    this.pauses = pauses;
    this.couriers = couriers;
    this.leases = leases;
    this.deliveryTimes = deliveryTimes;
    this.consentTimes = consentTimes;
    this.clock = clock;
    this.registry = registry;
    this.figures = new Figures(clock.instant(), 0, 0, 0, 0, 0, null, Map.of());
    ofTheHub();
  }

  /** Looks once; fails where the database or the log is away. */
  public synchronized void look() {
    var now = read.now();
    paused = Set.copyOf(now.spokes().keySet().stream().filter(this::isPaused).toList());
    figures = now;
    now.spokes().keySet().stream().filter(known::add).forEach(this::ofSpoke);
    now.spokes().keySet().stream()
        .filter(spoke -> leases.isWanted(LeaseLost.sourceOf(spoke)))
        .filter(sources::add)
        .forEach(this::ofSource);
    spokes.receiving().stream().map(Spoke::name).forEach(this::times);
  }

  private boolean isPaused(String spoke) {
    return pauses.of(spoke).isPresent();
  }

  private void ofTheHub() {
    age("nave.figures.age", "since the hub's figures were last read", Tags.empty(), Figures::at);
    age(
        "nave.ledger.oldest",
        "since the entry was recorded that has waited longest to be chained",
        Tags.empty(),
        Figures::oldestUnsealed);
    hub("nave.observations.waiting", "accepted and not reconciled yet", Figures::reconcileLag);
    hub("nave.outbox.waiting", "customers to publish", Figures::outbox);
    hub("nave.reviews.open", "pairs of customers that wait for a steward", Figures::reviews);
    hub("nave.attributes.frozen", "that flipped, and wait for a steward", Figures::frozen);
    hub("nave.ledger.unsealed", "entries that are not chained yet", Figures::unsealed);
  }

  private void age(String name, String what, Tags tags, Function<Figures, Instant> since) {
    TimeGauge.builder(name, this, TimeUnit.MILLISECONDS, hub -> hub.age(since.apply(hub.figures)))
        .description(what)
        .tags(tags)
        .register(registry);
  }

  private double age(Instant since) {
    return since == null ? 0 : Math.max(0, Duration.between(since, clock.instant()).toMillis());
  }

  private void hub(String name, String description, ToLongFunction<Figures> figure) {
    Gauge.builder(name, this, hub -> figure.applyAsLong(hub.figures))
        .description(description)
        .register(registry);
  }

  private void ofSpoke(String spoke) {
    counter("nave.observations.reconciled", spoke, Tags.empty(), OfSpoke::observed);
    counter("nave.deliveries", spoke, Tags.of("outcome", "delivered"), OfSpoke::delivered);
    counter("nave.deliveries", spoke, Tags.of("outcome", "unchanged"), OfSpoke::unchanged);
    gauge("nave.deliveries.due", "that wait, for their next try as well", spoke, OfSpoke::due);
    gauge("nave.deliveries.dead", "dead letters", spoke, OfSpoke::dead);
    gauge("nave.quarantine.messages", "not understood", spoke, OfSpoke::quarantined);
    age(
        "nave.deliveries.oldest",
        "since the change became known that has waited longest",
        Tags.of("spoke", spoke),
        now -> of(now, spoke).oldest());
    budget("nave.budget.used", "requests of today", spoke, Budget.Now::used);
    budget("nave.budget.limit", "requests of a day; 0: nobody says", spoke, Budget.Now::limit);
    budget("nave.budget.waiting", "1 while it is waited for", spoke, WatchHub::waiting);
    isPaused("operator", spoke, hub -> hub.paused.contains(spoke));
    isPaused("hub", spoke, hub -> hub.couriers.downBecause(spoke) != null);
  }

  private static OfSpoke of(Figures figures, String spoke) {
    return figures.spokes().getOrDefault(spoke, OfSpoke.NOTHING);
  }

  private void counter(String name, String spoke, Tags tags, ToLongFunction<OfSpoke> count) {
    FunctionCounter.builder(name, this, hub -> count.applyAsLong(of(hub.figures, spoke)))
        .description("since the beginning")
        .tags(tags.and("spoke", spoke))
        .register(registry);
  }

  private void gauge(String name, String what, String spoke, ToLongFunction<OfSpoke> figure) {
    gauge(name, what, Tags.of("spoke", spoke), hub -> figure.applyAsLong(of(hub.figures, spoke)));
  }

  private static long waiting(Budget.Now now) {
    return now.waitsUntil() == null ? 0 : 1;
  }

  private void budget(String name, String what, String spoke, ToLongFunction<Budget.Now> figure) {
    gauge(
        name,
        what,
        Tags.of("spoke", spoke),
        hub -> hub.couriers.budget(spoke).map(figure::applyAsLong).orElse(0L));
  }

  private void isPaused(String by, String spoke, Predicate<WatchHub> isPaused) {
    gauge(
        "nave.spoke.paused",
        "1 while it is",
        Tags.of("spoke", spoke, "by", by),
        hub -> isPaused.test(hub) ? 1 : 0);
  }

  private void ofSource(String spoke) {
    gauge(
        "nave.sources.held",
        "1 where this instance reads the spoke's source",
        Tags.of("spoke", spoke),
        hub -> hub.leases.isHeld(LeaseLost.sourceOf(spoke)) ? 1 : 0);
    age(
        "nave.sources.failing",
        "since looks at the spoke's source fail; 0: they do not",
        Tags.of("spoke", spoke),
        now -> of(now, spoke).unreadSince());
  }

  private void gauge(String name, String what, Tags tags, ToDoubleFunction<WatchHub> figure) {
    Gauge.builder(name, this, figure).description(what).tags(tags).register(registry);
  }

  /** They are there before the first delivery. */
  private void times(String spoke) {
    deliveryTimes.of(spoke);
    consentTimes.of(spoke);
  }
}
