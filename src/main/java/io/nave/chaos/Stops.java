package io.nave.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the systems again and again whether a stop that one of them held was undone there. A
 * person says yes again at most as often as she was asked to; a record may lose its stop no more
 * often.
 */
final class Stops {
  private final Map<String, Integer> grants = new ConcurrentHashMap<>();
  private final Map<String, Boolean> mailable = new HashMap<>();
  private final Map<String, Integer> undone = new HashMap<>();
  private final List<String> breaches = new ArrayList<>();

  /** A person is about to say yes again. */
  void granting(String email) {
    grants.merge(email, 1, Integer::sum);
  }

  /** What a system holds now. */
  synchronized void seen(String spoke, List<Screens.Row> rows) {
    for (var row : rows) {
      var record = spoke + ":" + row.id();
      var before = mailable.put(record, row.facts().mailable());
      if (Boolean.FALSE.equals(before) && row.facts().mailable()) {
        int times = undone.merge(record, 1, Integer::sum);
        int allowed = grants.getOrDefault(row.facts().email(), 0);
        if (times > allowed) {
          breaches.add(
              "%s: a stop was undone %d times (expected: %d, as often as she said yes again)"
                  .formatted(record, times, allowed));
        }
      }
    }
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }
}
