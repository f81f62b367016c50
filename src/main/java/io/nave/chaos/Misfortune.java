package io.nave.chaos;

import java.util.List;

/**
 * A fault that begins and ends by itself.
 *
 * @param atMillis after the beginning
 * @param millis how long it lasts; what is killed is started again then
 * @param hub which instance, where it strikes one
 * @param spoke which system, where it strikes one
 * @param seed decides about what is left to chance within it
 */
public record Misfortune(long atMillis, long millis, Kind kind, int hub, String spoke, long seed) {

  /** What happens. */
  public enum Kind {
    HUB_KILLED,
    HUB_FROZEN,
    HUB_DRAINED,
    /** One more instance, which was not there before. Only where it is asked for. */
    HUB_ADDED,
    /**
     * At the beginning PostgreSQL is backed up. At the end all that the hub has is lost, Kafka as
     * well, and the backup is restored. Only where it is asked for.
     */
    BACKUP_RESTORED,
    DATABASE_KILLED,
    DATABASE_RESTARTED,
    DATABASE_FULL,
    LOG_KILLED,
    LOG_RESTARTED,
    SPOKE_DOWN,
    SPOKE_SLOW,
    SPOKE_THROTTLES,
    SPOKE_FAILS_AFTER_APPLYING,
    SPOKE_DROPS_AFTER_APPLYING,
    SPOKE_CLOCK_OFF,
    TOKENS_EXPIRED,
    HOOKS_TWICE,
    HOOKS_LATE;

    /** Those of the hub's own machines, in contrast to those of the systems. */
    static final List<Kind> MACHINES =
        List.of(
            HUB_KILLED,
            HUB_FROZEN,
            HUB_DRAINED,
            DATABASE_KILLED,
            DATABASE_RESTARTED,
            DATABASE_FULL,
            LOG_KILLED,
            LOG_RESTARTED);

    /** Those of the systems and their webhooks. */
    static final List<Kind> SYSTEMS =
        List.of(
            SPOKE_DOWN,
            SPOKE_SLOW,
            SPOKE_THROTTLES,
            SPOKE_FAILS_AFTER_APPLYING,
            SPOKE_DROPS_AFTER_APPLYING,
            SPOKE_CLOCK_OFF,
            TOKENS_EXPIRED,
            HOOKS_TWICE,
            HOOKS_LATE);

    boolean isOfAMachine() {
      return !SYSTEMS.contains(this);
    }

    private boolean isOfAHub() {
      return name().startsWith("HUB");
    }

    private boolean isOfASpoke() {
      return name().startsWith("SPOKE") || this == TOKENS_EXPIRED;
    }
  }

  long endMillis() {
    return atMillis + millis;
  }

  /** As in a report: {@code instance 2 killed}, {@code gigya down}. */
  String words() {
    var words = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    if (kind.isOfAHub()) {
      return words.replaceFirst("hub", "instance " + (hub + 1));
    }
    return kind.isOfASpoke() ? spoke + ": " + words : words;
  }
}
