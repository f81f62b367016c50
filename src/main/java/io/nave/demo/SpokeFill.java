package io.nave.demo;

import java.util.List;

/** Writes records into one vendor's system through its public API. */
interface SpokeFill {

  /** How many records one request takes. */
  int batch();

  /** How many requests the vendor bears at once. */
  int inFlight();

  /** Logs on. */
  void open() throws InterruptedException;

  /**
   * Creates the records.
   *
   * @return the vendor's record ids, in the same order
   * @throws IllegalStateException with the vendor's words when one is refused
   */
  List<String> create(List<SpokeRecord> records) throws InterruptedException;
}
