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

  /** What the system says of a record now, as far as the demo's story asks. */
  Facts read(String recordId) throws InterruptedException;

  /**
   * @param optedOut from marketing e-mail; null where the system holds no consent
   * @param mobile digits only
   */
  record Facts(Boolean optedOut, String mobile, String town) {
    static Facts of(Boolean optedOut, String mobile, String town) {
      return new Facts(optedOut, mobile == null ? "" : mobile.replaceAll("\\D", ""), town);
    }
  }
}
