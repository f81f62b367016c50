package io.nave.consent;

import io.nave.canonical.Consent.Subject;
import java.util.Locale;

/**
 * Whether something may be sent, and why.
 *
 * @param subject what was decided about; {@code boundTo}: the address or number to be used, null
 *     where none matters
 * @param reason why, in words
 * @param decisive what holds for the subject; null where nobody said anything
 * @param law the law that demands or allows it; null where the legal basis alone decides
 */
public record ConsentDecision(
    Subject subject, Code code, String reason, Effective decisive, Law law) {

  /** Why, for programs; the stricter the later. */
  public enum Code {
    /** She said yes. */
    GRANTED,
    /** The purpose rests on another basis than consent, and nobody said no. */
    LEGAL_BASIS,
    /** A law allows it until she says no. */
    OPT_OUT,
    /** Nobody said anything, and a yes is needed. */
    NOTHING_SAID,
    /** Nobody knows this person. */
    UNKNOWN_CUSTOMER,
    /** She said yes for another address or number. */
    NOT_BOUND,
    /** She has yet to confirm it. */
    PENDING,
    /** Her yes has ended. */
    EXPIRED,
    /** She was asked and said no. */
    DENIED,
    /** She said no. */
    WITHDRAWN,
    /** So many customers have this address that it is nobody's. */
    SHARED;

    /** Such as {@code nothing-said}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether it may be sent. */
  public boolean allowed() {
    return code.compareTo(Code.OPT_OUT) <= 0;
  }

  /** The stricter of the two; this one where they are alike. */
  public ConsentDecision stricter(ConsentDecision other) {
    return other.code.compareTo(code) > 0 ? other : this;
  }
}
