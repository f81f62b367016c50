package io.nave.consent;

import java.util.Arrays;
import java.util.List;

/** The laws whose demands are built in; {@link DecideByLaw} says what each of them means. */
public enum Law {
  /** The EU's and UK's General Data Protection Regulation. */
  GDPR(false),
  /** The rules of electronic marketing: Directive 2002/58/EC Art. 13, PECR. */
  EPRIVACY(false),
  /** California's Consumer Privacy Act, as amended by the CPRA. */
  CCPA(true),
  /** The Telephone Consumer Protection Act of the United States. */
  TCPA(false);

  private final boolean allowsMore;

  Law(boolean allowsMore) {
    this.allowsMore = allowsMore;
  }

  /** Whether it allows what the legal basis alone would not. */
  boolean allowsMore() {
    return allowsMore;
  }

  /** As in {@code config/purposes.yaml}. */
  @Override
  public String toString() {
    return this == EPRIVACY ? "ePrivacy" : name();
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Law::toString).toList();
  }

  static Law of(String title) {
    return Arrays.stream(values())
        .filter(law -> law.toString().equals(title))
        .findFirst()
        .orElse(null);
  }
}
