package io.nave.platform;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shows how far a long piece of work is: a bar with rate and time left on a terminal, a plain line
 * every few seconds elsewhere. Several at the same time share one line of the terminal. Safe to use
 * from several threads.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 28;
  private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(120);
  private static final long PLAIN_LINE = TimeUnit.SECONDS.toNanos(5);

  /** Those that are drawn on the terminal now, in the order in which they began. */
  private static final List<Progress> DRAWN = new ArrayList<>();

  private final String what;
  private final long total;
  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final long begun;
  private volatile long done;
  private long shown;
  private long shownDone = -1;
  private boolean closed;

  /**
   * @param what such as {@code people} or {@code salesforce}
   * @param total how many there are; 0 or less when unknown
   */
  public static Progress of(String what, long total) {
    return new Progress(what, total, System.err, System.console() != null, System::nanoTime);
  }

  Progress(String what, long total, PrintStream out, boolean terminal, LongSupplier nanos) {
    this.what = what;
    this.total = total;
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.shown = begun;
    if (terminal) {
      synchronized (DRAWN) {
        DRAWN.add(this);
      }
    }
  }

  /** So many more are done. */
  public synchronized void add(long more) {
    reach(done + more);
  }

  /** So many are done by now. */
  public synchronized void reach(long now) {
    done = now;
    long time = nanos.getAsLong();
    if (done != shownDone && time - shown >= (terminal ? REDRAW : PLAIN_LINE)) {
      shown = time;
      shownDone = done;
      draw(time);
    }
  }

  /** Shows the last state, where it was not yet, and leaves the line. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (terminal || done != shownDone) {
      draw(nanos.getAsLong());
    }
  }

  private void draw(long time) {
    if (!terminal) {
      out.println(line(time));
      return;
    }
    synchronized (DRAWN) {
      boolean alone = DRAWN.size() == 1;
      out.print("\r" + (closed || alone ? line(time) : together()) + "\033[K");
      if (closed) {
        out.println();
        DRAWN.remove(this);
      }
      out.flush();
    }
  }

  private static String together() {
    return DRAWN.stream()
        .map(one -> one.what + " " + (one.total > 0 ? one.percent().strip() : one.done))
        .collect(Collectors.joining("   "));
  }

  private String line(long time) {
    double seconds = Math.max(1e-3, (time - begun) / 1e9);
    double rate = done / seconds;
    var text = String.format(Locale.ROOT, "%-16s ", what);
    if (total > 0) {
      text += (terminal ? bar() + " " : "") + percent() + " ";
    }
    return text + String.format(Locale.ROOT, "%,d  %,.0f/s  %s", done, rate, time(seconds, rate));
  }

  /** What a hundredth took says how long the rest will take; less says nothing. */
  private String time(double seconds, double rate) {
    boolean canTell = total > done && done * 100 >= total;
    return canTell ? clock((total - done) / rate) + " left" : clock(seconds);
  }

  private String percent() {
    return String.format(Locale.ROOT, "%3d%%", Math.min(100, done * 100 / total));
  }

  private String bar() {
    int full = (int) Math.min(WIDTH, done * WIDTH / total);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
  }

  private static String clock(double seconds) {
    var left = Duration.ofSeconds(Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
  }
}
