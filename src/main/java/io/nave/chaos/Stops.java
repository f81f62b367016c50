package io.nave.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the systems again and again whether a stop that one of them held was undone there. While
 * a person's last word is no, a record may lose its stop only for a yes that she said before, and
 * that was still on its way: once for each. While her last word is yes it may lose it: a hub that
 * has not heard the yes may put the no before it back for a moment.
 */
final class Stops {
  private final Map<String, Integer> grants = new ConcurrentHashMap<>();
  private final Set<String> granted = ConcurrentHashMap.newKeySet();
  private final Map<String, Boolean> mailable = new HashMap<>();
  private final Map<String, Integer> undone = new HashMap<>();
  private final List<String> breaches = new ArrayList<>();

  /** A person is about to say yes again. */
  void granting(String email) {
    grants.merge(email, 1, Integer::sum);
    granted.add(email);
  }

  /** A person has said no. */
  void stopped(String email) {
    granted.remove(email);
  }

  /** What a system holds now. */
  synchronized void seen(String spoke, List<Screens.Row> rows) {
    for (var row : rows) {
      var record = spoke + ":" + row.id();
      var before = mailable.put(record, row.facts().mailable());
      if (Boolean.FALSE.equals(before) && row.facts().mailable()) {
        undone(record, row.facts().email());
      }
    }
  }

  private void undone(String record, String email) {
    int allowed = grants.getOrDefault(email, 0);
    int times = undone.getOrDefault(record, 0) + 1;
    if (granted.contains(email)) {
      times = Math.min(times, allowed);
    } else if (times > allowed) {
      breaches.add(
          "%s: a stop was undone %d times (expected: %d, as often as she said yes again)"
              .formatted(record, times, allowed));
    }
    undone.put(record, times);
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }
}
