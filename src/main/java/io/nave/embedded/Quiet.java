package io.nave.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Silences the chatter of what is embedded. */
final class Quiet {
  /** The logging system forgets the level of a logger that nobody holds. */
  private static final List<Logger> HELD = new ArrayList<>();

  private Quiet() {}

  /** Leaves warnings and errors of these loggers. */
  static void loggers(String... names) {
    for (var name : names) {
      keep(name, Level.WARNING);
    }
  }

  /** Leaves errors only, for a logger that warns of what is usual here. */
  static void errorsOnly(String name) {
    keep(name, Level.SEVERE);
  }

  private static synchronized void keep(String name, Level level) {
    var logger = Logger.getLogger(name);
    logger.setLevel(level);
    HELD.add(logger);
  }
}
