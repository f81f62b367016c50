package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The messages in quarantine: to look at, to correct, to take in again, and to give up. */
@ApplicationScoped
public class Quarantined {
  private static final int PAGE = 200;
  private static final String SELECTED =
      Selection.condition("m.spoke", "null::text", "m.cause", "m.id::text");

  private final Transactions transactions;
  private final ReceiveObservations receive;
  private final Translation translation;
  private final OperatorActs acts;

  Quarantined(
      Transactions transactions,
      ReceiveObservations receive,
      Translation translation,
      OperatorActs acts) {
    this.transactions = transactions;
    this.receive = receive;
    this.translation = translation;
    this.acts = acts;
  }

  /**
   * A message.
   *
   * @param payload an observation where {@code fromLog}, else a vendor's record
   * @param fromLog whether it had been accepted into the log
   */
  public record Message(
      long id, String spoke, String cause, String payload, Instant receivedAt, boolean fromLog) {}

  /** How many were taken in, and how many still cannot be; those stay, with their cause of now. */
  public record Outcome(long accepted, long refused, String firstCause) {}

  /** How many are meant. */
  public long count(Selection which) {
    return transactions.call(
        connection -> {
          var sql = "select count(*) from invalid_message m where " + SELECTED;
          try (var statement = connection.prepareStatement(sql)) {
            which.set(statement, 1);
            try (var rows = statement.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  /**
   * Those that are meant, the oldest first.
   *
   * @param after the id of the last one of the page before; 0: from the beginning
   */
  public List<Message> list(Selection which, long after, int most) {
    return transactions.call(connection -> list(connection, which, after, Long.MAX_VALUE, most));
  }

  private static List<Message> list(
      Connection connection, Selection which, long after, long last, int most) throws SQLException {
    var sql =
        "select m.id, m.spoke, m.cause, m.payload, m.received_at, m.from_log"
            + " from invalid_message m where "
            + SELECTED
            + " and m.id > ? and m.id <= ? order by m.id limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      int at = which.set(statement, 1);
      statement.setLong(at++, after);
      statement.setLong(at++, last);
      statement.setInt(at, most);
      var messages = new ArrayList<Message>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          messages.add(
              new Message(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getObject(5, OffsetDateTime.class).toInstant(),
                  rows.getBoolean(6)));
        }
      }
      return messages;
    }
  }

  /**
   * Takes them in again, page by page. What is taken in is durable in the log before it leaves the
   * quarantine.
   *
   * @throws ObservationLog.LogUnavailable where the log cannot take them now; then those of this
   *     page stay
   */
  public Outcome retry(Selection which, String by) {
    long last = last();
    long accepted = 0;
    long refused = 0;
    String firstCause = null;
    for (var page = page(which, 0, last); !page.isEmpty(); ) {
      var causes = takeIn(page, Map.of());
      settle(page, causes);
      accepted += page.size() - causes.size();
      refused += causes.size();
      firstCause = firstCause != null || causes.isEmpty() ? firstCause : first(causes);
      page = page(which, page.get(page.size() - 1).id(), last);
    }
    long n = accepted + refused;
    note(by, "retry", which, n, null);
    return new Outcome(accepted, refused, firstCause);
  }

  private static String first(Map<Long, String> causes) {
    return new TreeMap<>(causes).firstEntry().getValue();
  }

  /** What comes into quarantine anew is not looked at in the same round. */
  private long last() {
    return transactions.call(
        connection -> {
          var sql = "select coalesce(max(id), 0) from invalid_message";
          try (var statement = connection.prepareStatement(sql);
              var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  private List<Message> page(Selection which, long after, long last) {
    return transactions.call(connection -> list(connection, which, after, last, PAGE));
  }

  /**
   * Takes one in again, corrected.
   *
   * @param payload instead of the message's own
   * @return null where there is no such message
   */
  public Outcome correct(long id, String payload, String by) {
    var which = Selection.one(null, Long.toString(id));
    var page = list(which, 0, 1);
    if (page.isEmpty()) {
      return null;
    }
    var causes = takeIn(page, Map.of(id, payload));
    if (causes.isEmpty()) {
      settle(page, causes);
      note(by, "correct", which, 1, null);
    }
    return new Outcome(1 - causes.size(), causes.size(), causes.get(id));
  }

  /** Tries to take the messages in; yields the causes of those that cannot be, by id. */
  private Map<Long, String> takeIn(List<Message> messages, Map<Long, String> corrected) {
    var causes = new HashMap<Long, String>();
    var items = new ArrayList<JsonNode>();
    var owners = new ArrayList<Long>();
    for (var message : messages) {
      try {
        var payload = corrected.getOrDefault(message.id(), message.payload());
        for (var item : observations(message, CanonicalJson.parse(payload))) {
          items.add(item);
          owners.add(message.id());
        }
      } catch (RuntimeException untranslatable) {
        causes.put(message.id(), untranslatable.getMessage());
      }
    }
    receive
        .receive(items)
        .refused()
        .forEach(
            one -> causes.merge(owners.get(one.index()), one.message(), (a, b) -> a + "; " + b));
    return causes;
  }

  private List<JsonNode> observations(Message message, JsonNode payload) {
    return message.fromLog() ? List.of(payload) : translation.translate(message.spoke(), payload);
  }

  /** Those without a cause leave; the others keep theirs of now. */
  private void settle(List<Message> messages, Map<Long, String> causes) {
    var gone = messages.stream().filter(m -> !causes.containsKey(m.id())).toList();
    var stay = messages.stream().filter(m -> causes.containsKey(m.id())).toList();
    transactions.run(
        connection -> {
          try (var statement =
              connection.prepareStatement("delete from invalid_message where id = any(?)")) {
            statement.setArray(1, Columns.numbers(connection, gone, Message::id));
            statement.executeUpdate();
          }
          var sql =
              "update invalid_message m set cause = u.cause from unnest(?, ?) u(id, cause)"
                  + " where m.id = u.id and m.cause <> u.cause";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Columns.numbers(connection, stay, Message::id));
            statement.setArray(2, Columns.text(connection, stay, m -> causes.get(m.id())));
            statement.executeUpdate();
          }
        });
  }

  /** Gives them up: they are deleted; who did it and why is kept. */
  public long discard(Selection which, String reason, String by) {
    return transactions.call(
        connection -> {
          long n;
          var sql = "delete from invalid_message m where " + SELECTED;
          try (var statement = connection.prepareStatement(sql)) {
            which.set(statement, 1);
            n = statement.executeUpdate();
          }
          acts.note(connection, by, "discard", what(which), n, reason);
          return n;
        });
  }

  private void note(String by, String act, Selection which, long n, String reason) {
    transactions.run(connection -> acts.note(connection, by, act, what(which), n, reason));
  }

  private static JsonNode what(Selection which) {
    return which.json().put("of", "quarantine");
  }
}
