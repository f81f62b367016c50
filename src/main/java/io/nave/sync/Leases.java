package io.nave.sync;

import io.nave.platform.FailureName;
import io.nave.platform.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What only one instance of the hub does at a time, such as reading a spoke's source. Who holds a
 * lease renews it; one that is not renewed ends by itself, so that what a dead instance held goes
 * to another. The end is counted by the database's clock, and here from before the database was
 * asked, so an instance that was frozen or cut off knows by itself that it holds nothing any more.
 */
@ApplicationScoped
public class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final Duration TERM = Duration.ofSeconds(10);
  private static final Duration PAUSE = TERM.dividedBy(4);

  private static final String TAKE =
      """
      insert into lease as l (name, holder, until)
      select name, ?, clock_timestamp() + make_interval(secs => ?) from unnest(?) w(name)
      order by name
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where l.holder = excluded.holder or l.until < clock_timestamp()
      returning name
      """;

  private final Transactions transactions;
  private final String holder;
  private final Duration term;
  private final LongSupplier nanos;
  private final Consumer<LeaseLost> lost;
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> held = new ConcurrentHashMap<>();
  private final Semaphore woken = new Semaphore(0);
  private final Thread keeper = new Thread(this::keep, "leases");
  private volatile boolean stopping;

  @Inject
  Leases(Transactions transactions, Clock clock, Event<LeaseLost> lost) {
    this(
        transactions,
        ManagementFactory.getRuntimeMXBean().getName() + " " + Ids.timeOrdered(clock.instant()),
        TERM,
        System::nanoTime,
        lost::fire);
  }

  /**
   * @param holder who this instance is; no other has the name
   * @param term how long a lease lasts that is not renewed
   * @param nanos the time here, as {@link System#nanoTime}
   * @param lost is told of each lease that went to another instance
   */
  Leases(
      Transactions transactions,
      String holder,
      Duration term,
      LongSupplier nanos,
      Consumer<LeaseLost> lost) {
    this.transactions = transactions;
    this.holder = holder;
    this.term = term;
    this.nanos = nanos;
    this.lost = lost;
  }

  /** Whether this instance holds it now. The first question makes it try. */
  public boolean holds(String name) {
    if (wanted.add(name)) {
      woken.release();
    }
    return isHeld(name);
  }

  /** Whether anything here asked for it. */
  boolean isWanted(String name) {
    return wanted.contains(name);
  }

  /** As {@link #holds}, without trying to get it. */
  boolean isHeld(String name) {
    var until = held.get(name);
    return until != null && nanos.getAsLong() - until < 0;
  }

  void start(@Observes StartupEvent event) {
    keeper.setDaemon(true);
    keeper.start();
  }

  private void keep() {
    try {
      while (!stopping) {
        if (!wanted.isEmpty()) {
          tryRenew();
        }
        woken.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        woken.drainPermits();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryRenew() {
    try {
      renew();
    } catch (RuntimeException unreachable) {
      LOG.warnf("leases could not be renewed: %s", FailureName.of(unreachable));
    }
  }

  /** Takes and renews what is wanted here and not held elsewhere. */
  void renew() {
    long before = nanos.getAsLong();
    var names = Set.copyOf(wanted);
    var taken = transactions.call(connection -> take(connection, names));
    for (var name : names) {
      if (!taken.contains(name)) {
        if (held.remove(name) != null) {
          LOG.infof("%s is held by another instance now", name);
          lost.accept(new LeaseLost(name));
        }
      } else if (held.put(name, before + term.toNanos()) == null) {
        LOG.infof("%s is held by this instance now", name);
      }
    }
  }

  private Set<String> take(Connection connection, Collection<String> names) throws SQLException {
    try (var statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, holder);
      statement.setDouble(2, term.toMillis() / 1000.0);
      statement.setArray(3, connection.createArrayOf("text", names.toArray()));
      var taken = new HashSet<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.add(rows.getString(1));
        }
      }
      return taken;
    }
  }

  void stopping(@Observes ShutdownEvent event) {
    release();
  }

  /** Gives everything back at once, for another instance to take. */
  void release() {
    stopping = true;
    woken.release();
    try {
      keeper.join(PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    held.clear();
    transactions.run(
        connection -> {
          try (var statement = connection.prepareStatement("delete from lease where holder = ?")) {
            statement.setString(1, holder);
            statement.executeUpdate();
          }
        });
  }
}
