package io.nave.connectors.gigya;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last so many things, each with what is known of it: forgets the oldest. */
final class Recent<V> {
  private final Map<String, V> known;

  Recent(int most) {
    known =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized boolean has(String key, V value) {
    return value.equals(known.get(key));
  }

  synchronized void put(String key, V value) {
    known.remove(key);
    known.put(key, value);
  }
}
