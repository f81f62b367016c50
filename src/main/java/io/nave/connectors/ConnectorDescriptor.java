package io.nave.connectors;

import io.nave.canonical.Consent;
import io.nave.platform.FailureKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code connector.yaml} says of a kind of system.
 *
 * @param system the connector's name: its folder's
 * @param title the vendor's name for people
 * @param category such as CRM, ESP, CIAM, ERP, CDP
 * @param vendor where the vendor documents the system
 * @param settings what {@code nave.spokes.<spoke>.<name>} must and may say, by name
 * @param entities the vendor's record types
 * @param reads the vendor's fields that {@code to-canonical} reads
 * @param writes the vendor's fields that {@code from-canonical} writes
 * @param consent the consents that the system can hold; empty where it holds none
 * @param uniqueEmail whether no two records there have the same e-mail address
 * @param lookFirst whether a record is to be read right before it is written, since the system
 *     takes no write that depends on what is there
 * @param quiet what a quiet write keeps from happening there; null where the vendor offers no way
 */
public record ConnectorDescriptor(
    String system,
    String title,
    String category,
    URI vendor,
    Map<String, Setting> settings,
    Feed feed,
    List<String> entities,
    List<String> reads,
    List<String> writes,
    Abilities abilities,
    List<Holds> consent,
    boolean uniqueEmail,
    boolean lookFirst,
    String quiet,
    Limits limits,
    ErrorCodes errors) {

  /** How changes come in. */
  public enum Feed {
    stream,
    webhook,
    poll
  }

  /**
   * One setting of a spoke.
   *
   * @param required a spoke without it is not started
   * @param secret never shown, never written to a route
   * @param defaultValue null where there is none
   */
  public record Setting(
      boolean required, boolean secret, String defaultValue, String description) {}

  /**
   * What the hub may do there.
   *
   * @param read its sink reads a record by id, so that the hub can make sure of what it wrote
   * @param message its sink sends messages to persons
   */
  public record Abilities(
      boolean create, boolean update, boolean delete, boolean read, boolean message) {}

  /**
   * A consent that the system can hold.
   *
   * @param topics whether it tells the purpose's topics apart
   */
  public record Holds(String purpose, String channel, boolean topics) {
    private static final String ANY = "any";

    /** What is said of all channels reaches this one. No system here tells brands apart. */
    boolean takes(Consent.Subject subject) {
      boolean sameChannel =
          subject.channel() == null
              || subject.channel().equals(ANY)
              || subject.channel().equals(channel);
      return subject.purpose().equals(purpose)
          && sameChannel
          && subject.brand() == null
          && (topics || subject.topic() == null);
    }
  }

  /** Whether the system has a place for what is said about this. */
  public boolean holds(Consent.Subject subject) {
    return consent.stream().anyMatch(holds -> holds.takes(subject));
  }

  /**
   * What the system bears.
   *
   * @param inFlight calls at the same time
   * @param perSecond calls a second
   * @param perDay calls from midnight to midnight, UTC; 0: no limit but what the system itself says
   * @param reserve the share of a day's calls that only changes of consent may use, 0 to below 1
   */
  public record Limits(int inFlight, double perSecond, long perDay, double reserve) {
    /** The share that is reserved where nothing else is said. */
    static final double RESERVE = 0.1;
  }

  /** The same with other limits. */
  ConnectorDescriptor with(Limits others) {
    return new ConnectorDescriptor(
        system,
        title,
        category,
        vendor,
        settings,
        feed,
        entities,
        reads,
        writes,
        abilities,
        consent,
        uniqueEmail,
        lookFirst,
        quiet,
        others,
        errors);
  }

  /**
   * Reads and checks a {@code connector.yaml}.
   *
   * @throws IllegalArgumentException with a line for each mistake: file, line, what was expected
   */
  public static ConnectorDescriptor load(Path file) {
    return ConnectorYaml.read(file);
  }

  /**
   * The kind of a failure, by the outermost cause whose code is listed; a {@link MappingFailed} is
   * {@link FailureKind#INVALID}, an unknown one {@link FailureKind#TRANSIENT}.
   */
  public FailureKind classify(Throwable failure) {
    return errors.classify(failure);
  }

  /**
   * A failure as it may be shown and kept: the vendor's refusal without what Camel wraps around it,
   * of the same kind as the whole.
   */
  public static Throwable inShort(Throwable failure) {
    return ErrorCodes.inShort(failure);
  }

  /**
   * The code of a failure: the vendor's, {@code HTTP nnn}, {@code timeout} or {@code connection}.
   */
  public static Optional<String> codeOf(Throwable failure) {
    return ErrorCodes.code(failure);
  }
}
