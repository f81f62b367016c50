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

  /** Of whom it changes what: a stop and a grant are about the same. */
  String what() {
    return person + " " + (kind == Kind.GRANT ? Kind.STOP : kind);
  }
}
