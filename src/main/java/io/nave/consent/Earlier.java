package io.nave.consent;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one source record said about one subject, as far as it can still matter. */
public final class Earlier {
  private Earlier() {}

  /**
   * Its latest stop, and the grants that may lift one, of whatever record: at most three. Whoever
   * folds these and the latest statement instead of all gets the same, under any policy.
   */
  public static List<ConsentEntry> mattering(Collection<ConsentEntry> said) {
    return Stream.of(
            latest(said, ConsentEntry::isStop),
            latest(said, ConsentEntry::isGrant),
            latest(said, entry -> entry.isGrant() && entry.isOfCustomer()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static ConsentEntry latest(
      Collection<ConsentEntry> said, Predicate<ConsentEntry> wanted) {
    return said.stream().filter(wanted).max(Precedence::entries).orElse(null);
  }
}
