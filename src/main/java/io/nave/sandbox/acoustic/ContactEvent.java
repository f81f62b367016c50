package io.nave.sandbox.acoustic;

import java.time.Instant;

/** Something that happened to a contact, as the raw export reports it: {@code Opt Out}. */
record ContactEvent(long contact, String email, String type, Instant at) {
  static final String OPT_OUT = "Opt Out";
  static final String OPT_IN = "Opt In";
}
