package io.nave.consent;

import io.nave.canonical.Consent.Subject;
import java.util.Objects;

/** Which subjects a statement reaches: channel {@code any} and parts left out reach all. */
final class Coverage {
  static final String ANY = "any";

  private Coverage() {}

  /** Whether the wide subject takes in the narrow one; every subject takes in itself. */
  static boolean covers(Subject wide, Subject narrow) {
    return wide.purpose().equals(narrow.purpose())
        && (anyChannel(wide) || Objects.equals(wide.channel(), narrow.channel()))
        && part(wide.topic(), narrow.topic())
        && part(wide.brand(), narrow.brand())
        && part(wide.boundTo(), narrow.boundTo());
  }

  private static boolean anyChannel(Subject subject) {
    return subject.channel() == null || subject.channel().equals(ANY);
  }

  private static boolean part(String wide, String narrow) {
    return wide == null || wide.equals(narrow);
  }
}
