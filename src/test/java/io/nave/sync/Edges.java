package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.Clustering;
import io.nave.identity.MatchRules;
import io.nave.identity.SourceRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes the edges between all records as the matcher sees them, and finds the tasks they make. */
@ApplicationScoped
public class Edges {
  private final Transactions transactions;
  private final SourceRecords records;
  private final ReviewTasks tasks;
  private final MatchRules rules;

  Edges(Transactions transactions, SourceRecords records, ReviewTasks tasks, MatchRules rules) {
    this.transactions = transactions;
    this.records = records;
    this.tasks = tasks;
    this.rules = rules;
  }

  public void write() {
    transactions.run(
        connection -> {
          var customers = new ArrayList<UUID>();
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery("select distinct customer_id from source_record")) {
            while (rows.next()) {
              customers.add(rows.getObject(1, UUID.class));
            }
          }
          var all =
              records.of(connection, customers).stream()
                  .map(r -> new SourceRecord(r.id(), r.key(), r.content(), r.deleted()))
                  .toList();
          var sql = "insert into match_edge values (?, ?, ?, ?, ?) on conflict do nothing";
          try (var statement = connection.prepareStatement(sql)) {
            for (var edge : new Clustering(rules).resolve(all, List.of()).edges()) {
              if (edge.outcome() != io.nave.identity.Outcome.NO_MATCH) {
                statement.setLong(1, Math.min(edge.a(), edge.b()));
                statement.setLong(2, Math.max(edge.a(), edge.b()));
                statement.setDouble(3, edge.weight());
                statement.setString(4, edge.outcome().name());
                statement.setString(5, edge.rule());
                statement.addBatch();
              }
            }
            statement.executeBatch();
          }
          tasks.refresh(connection, customers);
        });
  }

  static SourceKey key(String text) throws IllegalArgumentException {
    var parts = text.split(":", 2);
    return new SourceKey(parts[0], parts[1]);
  }

  /** The customer of a record. */
  public UUID customerOf(String record) {
    return transactions.call(
        connection -> {
          var found = records.read(connection, List.of(key(record)));
          if (found.isEmpty()) {
            throw new SQLException("no record " + record);
          }
          return found.get(key(record)).customerId();
        });
  }
}
