package io.nave.consent;

import io.nave.canonical.Consent;
import java.util.Locale;

/** Who acted, as {@code evidence.actor} says it. */
public enum Actor {
  /** The customer herself. */
  customer,
  /** Somebody of the company on her behalf. */
  agent,
  /** A machine by a rule. */
  system,
  /** A file that was loaded; its statements may be old. */
  imported,
  /** Whoever the source named otherwise; the evidence has the word. */
  other,
  /** The source does not say. */
  unknown;

  private static final String IMPORT = "import";

  /** As evidence has it. */
  public String word() {
    return this == imported ? IMPORT : name();
  }

  /** Who made the statement. */
  public static Actor of(Consent consent) {
    var named = consent.evidence().get("actor");
    if (named == null) {
      return unknown;
    }
    return switch (named.toString().strip().toLowerCase(Locale.ROOT)) {
      case "customer" -> customer;
      case "agent" -> agent;
      case "system" -> system;
      case IMPORT -> imported;
      default -> other;
    };
  }
}
