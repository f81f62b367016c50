package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The hub's tables, to look into them and to empty them between tests. */
@ApplicationScoped
class HubTables {
  private static final String ALL =
      "source_record, match_key, resolution_turn, decision, customer, customer_history, consent_entry,"
          + " progress, outbox, delivery, tally, invalid_message, cursor_position, pin,"
          + " survivorship_run, match_run, match_edge, review_task, review_later, consent_notice,"
          + " consent_key, consent_unsealed, consent_seal, consent_checkpoint, consent_end,"
          + " link, centre_record, confirmation, spoke_use, replay, audit, audit_finding,"
          + " written_before, source_move";
  private static final List<String> APPEND_ONLY = List.of("consent_entry", "consent_seal");

  private final DataSource database;

  HubTables(DataSource database) {
    this.database = database;
  }

  /** What runs in the background may be in the way: of a deadlock PostgreSQL ends one. */
  void empty() {
    for (int tries = 1; ; tries++) {
      try {
        inSpiteOfTheLedger("truncate " + ALL);
        return;
      } catch (IllegalStateException failure) {
        if (tries == 5 || !isDeadlock(failure.getCause())) {
          throw failure;
        }
      }
    }
  }

  private static boolean isDeadlock(Throwable cause) {
    return cause instanceof SQLException sql && "40P01".equals(sql.getSQLState());
  }

  /** As somebody who owns the database can, and nobody should; all or nothing. */
  void inSpiteOfTheLedger(String sql) {
    run(triggers("disable") + sql + "; " + triggers("enable"));
  }

  private static String triggers(String verb) {
    return APPEND_ONLY.stream()
        .map(table -> "alter table " + table + " " + verb + " trigger all; ")
        .collect(Collectors.joining());
  }

  void run(String sql) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  List<String> texts(String sql) {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  String text(String sql) {
    var texts = texts(sql);
    return texts.isEmpty() ? null : texts.get(0);
  }

  long number(String sql) {
    return Long.parseLong(text(sql));
  }

  /** The states of the customers that are not merged into others; they name their records. */
  List<String> goldenStates() {
    return texts("select state::text from customer where redirect_to is null order by 1");
  }

  /** Which records belong together, as sets of {@code spoke:recordId}. */
  TreeSet<String> partition() {
    Map<String, String> groups = new TreeMap<>();
    for (var row :
        texts(
            "select customer_id || ' ' || spoke || ':' || record_id from source_record"
                + " order by spoke, record_id")) {
      var parts = row.split(" ");
      groups.merge(parts[0], parts[1], (a, b) -> a + " " + b);
    }
    return new TreeSet<>(groups.values());
  }
}
