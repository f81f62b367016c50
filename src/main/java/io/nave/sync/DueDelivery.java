package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.platform.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A delivery that is due.
 *
 * @param known what the record is known to hold; null for one that is to be created
 * @param obsolete true if there is nothing to deliver any more
 * @param replay the replay that made it due, or null
 * @param quiet whether that is a quiet one
 * @param begun what earlier writes would have left there, of which nobody knows what became;
 *     without consents where they were to change none
 * @param looked what was found there just now; null where nobody looked
 * @param unsure since when nobody knows whether the hub or somebody else changed the record last;
 *     null where it is known
 * @param toldAt when the hub last wrote a consent there, or began to; null where it never wrote
 *     anything
 * @param past what it held before by what the hub wrote, where unsure, and by what it said itself;
 *     filled only where unsure, or where an earlier write has an unknown end
 * @param origin what made the customer change
 */
record DueDelivery(
    String target,
    UUID customerId,
    long version,
    String state,
    Held known,
    int attempts,
    Instant noticedAt,
    boolean obsolete,
    Long replay,
    boolean quiet,
    List<Held> begun,
    Held looked,
    Instant unsure,
    Instant toldAt,
    List<Held> past,
    Origin origin) {

  boolean isCreation() {
    return target.startsWith(DeliveryQueue.TO_CREATE);
  }

  String recordId() {
    return isCreation() ? null : target;
  }

  /** The same, of a record that was looked at just now. */
  DueDelivery seen(Held found) {
    return with(found, unsure, toldAt, past, origin);
  }

  /** Whether what was found there is what is known, consents but for their dates, for certain. */
  boolean isAsKnown(Held found) {
    return known != null
        && begun.isEmpty()
        && unsure == null
        && looked == null
        && found.customer().equals(known.customer())
        && found.preferences().equals(known.preferences())
        && states(found).equals(states(known));
  }

  private static Map<Consent.Subject, Consent.State> states(Held held) {
    return held.consents().stream()
        .collect(Collectors.toMap(Consent::subject, Consent::state, (first, next) -> next));
  }

  private DueDelivery with(
      Held seen, Instant unsureAt, Instant told, List<Held> earlier, Origin because) {
    return new DueDelivery(
        target,
        customerId,
        version,
        state,
        known,
        attempts,
        noticedAt,
        obsolete,
        replay,
        quiet,
        begun,
        seen,
        unsureAt,
        told,
        earlier,
        because);
  }

  /** A row with all columns of a claim. */
  static DueDelivery claimed(ResultSet row) throws SQLException {
    return read(row)
        .with(
            null,
            Columns.instant(row, 19),
            Columns.instant(row, 20),
            past(row),
            Origin.read(row, 17));
  }

  private static List<Held> past(ResultSet row) throws SQLException {
    boolean isSure = row.getString(19) == null && row.getString(16) == null;
    var content = row.getString(8);
    if (isSure || content == null) {
      return List.of();
    }
    var past = new ArrayList<>(CanonicalJson.readList(row.getString(21), Held.class));
    past.add(Held.stated(content, row.getString(9), row.getString(10)));
    return past;
  }

  /** A row with the columns of a claim, but the last five. */
  static DueDelivery read(ResultSet row) throws SQLException {
    long replay = row.getLong(14);
    boolean ofReplay = !row.wasNull();
    var known = Held.known(row.getString(5), row.getString(8), row.getString(9), row.getString(10));
    return new DueDelivery(
        row.getString(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getString(4),
        known,
        row.getInt(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getBoolean(11) || row.getBoolean(12) || row.getBoolean(13),
        ofReplay ? replay : null,
        row.getBoolean(15),
        CanonicalJson.readList(row.getString(16), Held.class),
        null,
        null,
        null,
        List.of(),
        Origin.NONE);
  }
}
