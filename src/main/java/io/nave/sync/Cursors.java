package io.nave.sync;

/**
 * How far each spoke's source has been read: small named positions that survive a restart. In
 * Kamelets it is the bean {@code cursors}.
 */
public interface Cursors {
  /**
   * The position that says {@link #DONE} once a spoke's records have all been read for the first
   * time. Before that the hub creates no records there, since it may meet them yet.
   */
  String LOAD = "load";

  /** The initial load is over. */
  String DONE = "done";

  /** The position, or null when none was written yet. */
  String read(String spoke, String name);

  /** Keeps a position. Call it only after everything before it is durable in the log. */
  void write(String spoke, String name, String value);
}
