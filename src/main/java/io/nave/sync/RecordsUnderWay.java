package io.nave.sync;

import io.nave.canonical.AttributeValues;
import io.nave.canonical.Echo;
import io.nave.canonical.Observation;
import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Knows the records again that the hub is creating, where a spoke reports one before its answer has
 * told the record's id: it has all that is being written there. Such a record belongs to its
 * customer at once, and what it says is an echo. Where two creations look the same, or a creation
 * has nothing that tells people apart, the report is taken as any other.
 */
@ApplicationScoped
class RecordsUnderWay {
  private static final List<String> TELLING = List.of("emails", "phones", "identifiers");

  private static final String UNDER_WAY =
      """
      select d.spoke, d.customer_id, d.intent from delivery d
      where d.spoke = any(?) and d.intent is not null and d.target like '+%'
        and exists (select from source_record f where f.customer_id = d.customer_id)
      """;

  /** A record that is being created. */
  record UnderWay(String spoke, UUID customer, Held intent) {}

  /** What is being written there, by attribute. */
  private record Values(UnderWay underWay, Map<String, Object> written) {
    static Values of(UnderWay underWay) {
      return new Values(underWay, AttributeValues.of(underWay.intent().customer()));
    }

    boolean areTelling() {
      return TELLING.stream().anyMatch(written::containsKey);
    }

    boolean areAllIn(SourceKey key, Map<String, Object> stated) {
      return underWay.spoke().equals(key.spoke())
          && written.entrySet().stream()
              .allMatch(one -> Echo.isEcho(stated.get(one.getKey()), one.getValue()));
    }
  }

  /** A record that turned out to be one that is being created. */
  record Made(SourceKey key, UnderWay underWay) {}

  /**
   * Gives the records among these that the hub is creating to their customers.
   *
   * @param unknown reports of records that were not known before
   * @return what is being written to each
   */
  Map<SourceKey, Held> link(Connection connection, Collection<Observation> unknown, Instant now)
      throws SQLException {
    var written = new HashMap<SourceKey, Held>();
    var made = made(unknown, underWay(connection, unknown));
    for (var one : made) {
      written.put(one.key(), one.underWay().intent());
    }
    for (var spoke : made.stream().map(one -> one.key().spoke()).distinct().sorted().toList()) {
      var there = made.stream().filter(one -> one.key().spoke().equals(spoke)).toList();
      var records = there.stream().map(one -> one.key().recordId()).toList();
      var customers = there.stream().map(one -> one.underWay().customer()).toList();
      CreatedRecords.link(connection, spoke, records, customers, now);
      CreatedRecords.recognised(connection, spoke, records, customers, now);
    }
    return written;
  }

  private static List<UnderWay> underWay(Connection connection, Collection<Observation> unknown)
      throws SQLException {
    var all = new ArrayList<UnderWay>();
    if (unknown.isEmpty()) {
      return all;
    }
    var spokes = unknown.stream().map(one -> one.key().spoke()).distinct().toArray();
    try (var statement = connection.prepareStatement(UNDER_WAY)) {
      statement.setArray(1, connection.createArrayOf("text", spokes));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var intent = CanonicalJson.read(rows.getString(3), Held.class);
          all.add(new UnderWay(rows.getString(1), rows.getObject(2, UUID.class), intent));
        }
      }
    }
    return all;
  }

  static List<Made> made(Collection<Observation> unknown, List<UnderWay> underWay) {
    var telling = underWay.stream().map(Values::of).filter(Values::areTelling).toList();
    var made = new ArrayList<Made>();
    for (var report : unknown) {
      var stated = AttributeValues.of(report.customer());
      var fitting = telling.stream().filter(one -> one.areAllIn(report.key(), stated)).toList();
      if (fitting.size() == 1) {
        made.add(new Made(report.key(), fitting.get(0).underWay()));
      }
    }
    return made;
  }
}
