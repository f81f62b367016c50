package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The review tasks: pairs of customers that may be one, for a steward to decide. The strongest come
 * first. What is put off until later comes back after a day.
 */
@ApplicationScoped
public class Reviews {
  /** How long a task that was put off stays away. */
  public static final Duration LATER = Duration.ofDays(1);

  private static final int AT_ONCE = 200;
  private static final int MOST = 500;
  private static final String WAITING =
      " not exists (select from review_later l where l.a_customer = t.a_customer"
          + " and l.b_customer = t.b_customer and l.until > ?::timestamptz)";
  private static final String TASKS =
      "select t.a_customer, t.b_customer, x.spoke, x.record_id, y.spoke, y.record_id, t.weight,"
          + " t.outcome, t.rule from review_task t join source_record x on x.id = t.a"
          + " join source_record y on y.id = t.b where "
          + WAITING;

  private static final String AFTER =
      " and ((- t.weight), t.a_customer, t.b_customer) > (?::real, ?, ?)";
  private static final String BEFORE =
      " and ((- t.weight), t.a_customer, t.b_customer) < (?::real, ?, ?)";
  private static final String ORDER = " order by (- t.weight), t.a_customer, t.b_customer";
  private static final String DOWN =
      " order by (- t.weight) desc, t.a_customer desc, t.b_customer desc";

  private final Transactions transactions;
  private final Decide decide;
  private final Clock clock;

  Reviews(Transactions transactions, Decide decide, Clock clock) {
    this.transactions = transactions;
    this.decide = decide;
    this.clock = clock;
  }

  /**
   * A task: the strongest edge between two customers.
   *
   * @param outcome POSSIBLE_MATCH, or MATCH where something keeps the two apart
   * @param cursor the place in the list
   */
  public record Task(
      UUID customerA,
      UUID customerB,
      SourceKey a,
      SourceKey b,
      double weight,
      String outcome,
      String rule,
      String cursor) {}

  /**
   * Which tasks.
   *
   * @param after the cursor of the last one seen; null from the start
   * @param spoke of which one of the two records is; null for all
   */
  public record Wanted(int limit, String after, double minWeight, String spoke) {

    /** All tasks, from the start. */
    public static Wanted first(int limit) {
      return new Wanted(limit, null, -1e9, null);
    }
  }

  /**
   * Tasks, strongest first.
   *
   * @param open how many wait in all, put off ones not counted
   * @param next the cursor to go on with; null at the end
   */
  public record Page(List<Task> tasks, long open, String next) {}

  /** How many tasks a rule made, and their weights. */
  public record OfRule(String rule, long tasks, double lightest, double heaviest) {}

  /** Two customers, in any order. */
  public record Between(UUID one, UUID other) {}

  /** The place in the list that a cursor names. */
  private record Place(double weight, UUID a, UUID b) {
    static Place of(String cursor) {
      try {
        var parts = cursor.split("_");
        return new Place(
            Double.parseDouble(parts[0]), UUID.fromString(parts[1]), UUID.fromString(parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
        throw new IllegalArgumentException("after: no place in the list (expected: a cursor)");
      }
    }
  }

  /**
   * @throws IllegalArgumentException for a cursor that is none
   */
  public Page list(Wanted wanted) {
    var place = wanted.after() == null ? null : Place.of(wanted.after());
    int limit = Math.max(1, Math.min(wanted.limit(), MOST));
    return transactions.call(
        connection -> {
          var tasks = list(connection, wanted, place, limit);
          var next = tasks.size() < limit ? null : tasks.get(limit - 1).cursor();
          return new Page(tasks, open(connection), next);
        });
  }

  private List<Task> list(Connection connection, Wanted wanted, Place place, int limit)
      throws SQLException {
    var sql =
        TASKS
            + " and x.customer_id in (t.a_customer, t.b_customer)"
            + " and y.customer_id in (t.a_customer, t.b_customer)"
            + " and (- t.weight) <= ?::real and (?::text is null or ?::text in (a_spoke, b_spoke))"
            + (place == null ? "" : AFTER)
            + ORDER
            + " limit "
            + limit;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, clock.instant().toString());
      statement.setDouble(2, -wanted.minWeight());
      statement.setString(3, wanted.spoke());
      statement.setString(4, wanted.spoke());
      if (place != null) {
        statement.setDouble(5, -place.weight());
        statement.setObject(6, place.a());
        statement.setObject(7, place.b());
      }
      return read(statement);
    }
  }

  private long open(Connection connection) throws SQLException {
    var sql = "select count(*) from review_task t where " + WAITING;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, clock.instant().toString());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static List<Task> read(PreparedStatement statement) throws SQLException {
    var tasks = new ArrayList<Task>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        tasks.add(task(rows));
      }
    }
    return tasks;
  }

  /** The records in the order of the customers. */
  private static Task task(ResultSet row) throws SQLException {
    var one = row.getObject(1, UUID.class);
    var other = row.getObject(2, UUID.class);
    float weight = row.getFloat(7);
    return new Task(
        one,
        other,
        new SourceKey(row.getString(3), row.getString(4)),
        new SourceKey(row.getString(5), row.getString(6)),
        weight,
        row.getString(8),
        row.getString(9),
        weight + "_" + one + "_" + other);
  }

  /**
   * A task among the others.
   *
   * @param number from 1
   * @param next null at the end
   * @param previous null at the start
   */
  public record Among(Task task, long number, long open, Task next, Task previous) {}

  /** The task between these two; empty where there is none, or none any more. */
  public Optional<Among> between(UUID one, UUID other) {
    return transactions.call(
        connection -> {
          var place = " and t.a_customer = least(?, ?) and t.b_customer = greatest(?, ?) limit 1";
          var found = near(connection, place, List.of(one, other, one, other));
          if (found.isEmpty()) {
            return Optional.empty();
          }
          var task = found.get(0);
          var key = List.<Object>of(-task.weight(), task.customerA(), task.customerB());
          var next = near(connection, AFTER + ORDER + " limit 1", key);
          var previous = near(connection, BEFORE + DOWN + " limit 1", key);
          return Optional.of(
              new Among(
                  task,
                  number(connection, key),
                  open(connection),
                  next.isEmpty() ? null : next.get(0),
                  previous.isEmpty() ? null : previous.get(0)));
        });
  }

  private List<Task> near(Connection connection, String condition, List<?> values)
      throws SQLException {
    try (var statement = connection.prepareStatement(TASKS + condition)) {
      fill(statement, values);
      return read(statement);
    }
  }

  private void fill(PreparedStatement statement, List<?> values) throws SQLException {
    statement.setString(1, clock.instant().toString());
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 2, values.get(i));
    }
  }

  private long number(Connection connection, List<?> key) throws SQLException {
    var sql = "select count(*) + 1 from review_task t where " + WAITING + BEFORE;
    try (var statement = connection.prepareStatement(sql)) {
      fill(statement, key);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The rules that made tasks, the one with most tasks first. */
  public List<OfRule> rules() {
    var sql =
        "select t.rule, count(*), min(t.weight), max(t.weight) from review_task t where "
            + WAITING
            + " group by t.rule order by 2 desc, 1 limit 50";
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, clock.instant().toString());
            var rules = new ArrayList<OfRule>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                rules.add(
                    new OfRule(
                        rows.getString(1), rows.getLong(2), rows.getFloat(3), rows.getFloat(4)));
              }
            }
            return rules;
          }
        });
  }

  /** Puts the tasks between these customers off. */
  public void later(List<Between> customers) {
    var sql =
        "insert into review_later as l (a_customer, b_customer, until)"
            + " select distinct least(u.a::uuid, u.b::uuid), greatest(u.a::uuid, u.b::uuid),"
            + " ?::timestamptz from unnest(?, ?) u(a, b) order by 1, 2"
            + " on conflict (a_customer, b_customer) do update set until = excluded.until";
    transactions.run(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, clock.instant().plus(LATER).toString());
            statement.setArray(2, Columns.text(connection, customers, Between::one));
            statement.setArray(3, Columns.text(connection, customers, Between::other));
            statement.executeUpdate();
          }
        });
  }

  /** How many tasks this rule made with at least this weight. */
  public long count(String rule, double minWeight) {
    var sql =
        "select count(*) from review_task t where t.rule = ? and t.weight >= ?::real and "
            + WAITING;
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, rule);
            statement.setDouble(2, minWeight);
            statement.setString(3, clock.instant().toString());
            try (var rows = statement.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  /**
   * Decides all tasks that this rule made with at least this weight, some hundred in a transaction.
   * Tasks that a standing decision contradicts are left as they are.
   *
   * @return how many were decided
   */
  public long decide(String rule, double minWeight, boolean same, String reason, String by) {
    long decided = 0;
    for (var tasks = of(rule, minWeight, null);
        !tasks.isEmpty();
        tasks = of(rule, minWeight, tasks.get(tasks.size() - 1).cursor())) {
      var wishes = tasks.stream().map(t -> new Wish(t.a(), t.b(), same, reason)).toList();
      if (decide.decideWhatFits(wishes, by) instanceof StewardAnswer.Done done) {
        decided += done.made().size();
      }
    }
    return decided;
  }

  private List<Task> of(String rule, double minWeight, String after) {
    var place = after == null ? null : Place.of(after);
    var sql =
        TASKS
            + " and t.rule = ? and t.weight >= ?::real"
            + (place == null ? "" : AFTER)
            + ORDER
            + " limit "
            + AT_ONCE;
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, clock.instant().toString());
            statement.setString(2, rule);
            statement.setDouble(3, minWeight);
            if (place != null) {
              statement.setDouble(4, -place.weight());
              statement.setObject(5, place.a());
              statement.setObject(6, place.b());
            }
            return read(statement);
          }
        });
  }
}
