package io.nave.sync;

/**
 * This instance held a lease, and another one has it now.
 *
 * @param name of the lease
 */
public record LeaseLost(String name) {

  /** The lease to read the source of a spoke. */
  public static String sourceOf(String spoke) {
    return "source of " + spoke;
  }
}
