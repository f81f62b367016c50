package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.util.UUID;

/**
 * Whether something may be sent to somebody.
 *
 * @param subject about what; never bound, since {@code who} says to which address
 */
public record Asked(Who who, Consent.Subject subject) {

  /** How somebody is named. */
  public sealed interface Who permits ById, ByEmail, ByPhone, ByRecord {}

  /** By a customer's id; one that was merged stands for whom it became a part of. */
  public record ById(UUID id) implements Who {}

  /** By an e-mail address, which is to be used where the channel is {@code email}. */
  public record ByEmail(String address) implements Who {}

  /** By a telephone number, which is to be used on the channels that reach telephones. */
  public record ByPhone(String number) implements Who {}

  /** By a system's record. */
  public record ByRecord(SourceKey key) implements Who {}
}
