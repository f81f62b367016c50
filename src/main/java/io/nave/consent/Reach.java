package io.nave.consent;

import io.nave.canonical.Consent.Subject;

/** How far what is said about consent goes. */
public final class Reach {
  private Reach() {}

  /** Whether what is said about one of them reaches the other. */
  public static boolean meet(Subject a, Subject b) {
    return Coverage.covers(a, b) || Coverage.covers(b, a);
  }
}
