package io.nave.chaos;

/**
 * Something that happens to a person, as one system learns it.
 *
 * @param atMillis after the beginning
 * @param person her number
 * @param facts what is true of her from now on
 */
public record Change(long atMillis, int person, String spoke, Kind kind, Facts facts) {

  /** What happens. */
  public enum Kind {
    CREATE,
    PHONE,
    ADDRESS,
    NAME,
    STOP,
    GRANT
  }

  boolean isConsent() {
    return kind == Kind.STOP || kind == Kind.GRANT;
  }
}
