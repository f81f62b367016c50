package io.nave.platform;

import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * Which spoke, customer or observation a thread works on, for all that is logged meanwhile. JSON
 * logs have the keys in {@code mdc}. A record's id is none of them: it may be an e-mail address.
 */
public final class LogKeys {

  private LogKeys() {}

  /** Does the work with these keys beside those that are there. */
  public static void during(Map<String, ?> keys, Runnable work) {
    var before = new HashMap<String, Object>();
    keys.forEach((key, value) -> before.put(key, MDC.put(key, value.toString())));
    try {
      work.run();
    } finally {
      before.forEach(LogKeys::restore);
    }
  }

  private static void restore(String key, Object value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
