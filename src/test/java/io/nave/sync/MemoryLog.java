package io.nave.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A log of customers in memory, which fails as often as it is told to. */
final class MemoryLog implements CustomerLog {
  final List<Message> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger failures = new AtomicInteger();
  private int read;

  /**
   * What was published is in the log, or only a half of it is and the writer hears of a failure.
   */
  @Override
  public void publish(List<Message> published) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(25_000_000)); // writers may overtake
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      messages.addAll(published.subList(0, published.size() / 2));
      throw new ObservationLog.LogUnavailable("broken on purpose", null);
    }
    messages.addAll(published);
  }

  @Override
  public Map<String, Long> published() {
    return Map.of("memory", (long) messages.size());
  }

  /** Those not read yet, as they would come from the log. */
  List<Logged> unread() {
    var unread = new ArrayList<Logged>();
    for (; read < messages.size(); read++) {
      var message = messages.get(read);
      unread.add(new Logged("memory", 0, read, Say.RECEIVED, message.origin(), message.value()));
    }
    return unread;
  }
}
