package io.nave.consent;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** How much proof the ledger takes: it keeps it for ever. */
final class Evidence {
  /** In characters, names and values together. */
  static final int MOST = 16_384;

  private Evidence() {}

  static Optional<String> refusal(Map<String, Object> evidence) {
    long size = size(evidence);
    return size <= MOST
        ? Optional.empty()
        : Optional.of("evidence: " + size + " characters (expected: at most " + MOST + ")");
  }

  private static long size(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().mapToLong(e -> size(e.getKey()) + size(e.getValue())).sum();
    }
    if (value instanceof Collection<?> list) {
      return list.stream().mapToLong(Evidence::size).sum();
    }
    return value == null ? 0 : value.toString().length();
  }
}
