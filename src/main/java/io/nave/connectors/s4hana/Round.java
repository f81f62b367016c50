package io.nave.connectors.s4hana;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One reading of the initial load or of what changed since the last one, in pages. */
public final class Round implements Iterable<Page> {
  private final boolean initial;
  private final Instant next;
  private final Supplier<Iterator<Page>> pages;
  private final Map<String, Long> digests = new ConcurrentHashMap<>();

  Round(boolean initial, Instant next, Supplier<Iterator<Page>> pages) {
    this.initial = initial;
    this.next = next;
    this.pages = pages;
  }

  /** Whether this is the initial load. */
  boolean initial() {
    return initial;
  }

  /** From when the next round is to ask for changes. */
  Instant next() {
    return next;
  }

  /** What was read in this round. */
  Map<String, Long> digests() {
    return digests;
  }

  @Override
  public Iterator<Page> iterator() {
    return pages.get();
  }
}
