package io.nave.sync;

/**
 * How far each spoke's source has been read: small named positions that survive a restart. In
 * Kamelets it is the bean {@code cursors}.
 */
public interface Cursors {

  /** The position, or null when none was written yet. */
  String read(String spoke, String name);

  /** Keeps a position. Call it only after everything before it is durable in the log. */
  void write(String spoke, String name, String value);
}
