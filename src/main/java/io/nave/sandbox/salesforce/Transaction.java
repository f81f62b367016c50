package io.nave.sandbox.salesforce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What one request changes: undone as a whole, or told to the change feed as a whole. */
final class Transaction {
  final String origin;
  final String user;
  private final List<Change> changes = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /**
   * @param origin the changeOrigin of the events, such as com/salesforce/api/rest/60.0;client=hub
   * @param user the id of the user who changes
   */
  Transaction(String origin, String user) {
    this.origin = origin;
    this.user = user;
  }

  void add(Change change, Runnable backwards) {
    undo.push(backwards);
    Change last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
    Change merged = last == null ? null : last.merge(change);
    if (merged == null) {
      changes.add(change);
    } else {
      changes.set(changes.size() - 1, merged);
    }
  }

  List<Change> changes() {
    return changes;
  }

  void rollBack() {
    undo.forEach(Runnable::run);
    undo.clear();
    changes.clear();
  }
}
