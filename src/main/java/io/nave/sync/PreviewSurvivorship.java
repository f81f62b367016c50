package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.golden.Golden;
import io.nave.golden.Survivorship;
import io.nave.sync.Difference.Change;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows what other rules of survivorship would do to the customers, and changes nothing. */
@ApplicationScoped
public class PreviewSurvivorship {
  private static final int BATCH = 500;
  private static final int EXAMPLES = 5;

  private final Transactions transactions;
  private final SourceRecords records;
  private final Pins pins;
  private final GoldenState goldenState;
  private final Clock clock;

  PreviewSurvivorship(
      Transactions transactions,
      SourceRecords records,
      Pins pins,
      GoldenState goldenState,
      Clock clock) {
    this.transactions = transactions;
    this.records = records;
    this.pins = pins;
    this.goldenState = goldenState;
    this.clock = clock;
  }

  /**
   * What would happen.
   *
   * @param customers those that were looked at: all
   * @param changing those whose golden record would be another one
   * @param attributes by attribute: how many customers, and some of them
   */
  public record Preview(long customers, long changing, Map<String, Counted> attributes) {}

  /** One attribute's part. */
  public record Counted(long customers, List<Example> examples) {}

  /** One customer's attribute. */
  public record Example(UUID customerId, Change change) {}

  private record Stored(UUID id, long digest, String state, String lineage) {}

  private static final class Count {
    private long customers;
    private final List<Example> examples = new ArrayList<>();
  }

  /** What is counted while customers are looked at. */
  private static final class Counts {
    private long customers;
    private long changing;
    private final Map<String, Count> attributes = new LinkedHashMap<>();

    void add(UUID customer, List<Change> changes) {
      changing++;
      for (var change : changes) {
        var count = attributes.computeIfAbsent(change.attribute(), key -> new Count());
        count.customers++;
        if (count.examples.size() < EXAMPLES) {
          count.examples.add(new Example(customer, change));
        }
      }
    }

    Preview done() {
      var sorted = new LinkedHashMap<String, Counted>();
      attributes.entrySet().stream()
          .sorted(Comparator.comparing(e -> -e.getValue().customers))
          .forEach(
              e ->
                  sorted.put(
                      e.getKey(), new Counted(e.getValue().customers, e.getValue().examples)));
      return new Preview(customers, changing, sorted);
    }
  }

  /**
   * Looks at every customer.
   *
   * @param text what the file would say
   * @throws io.nave.platform.InvalidConfig with all mistakes of the text
   */
  public Preview of(String text) {
    var rules = RulesInForce.parse(text);
    var counts = new Counts();
    UUID[] position = {new UUID(0, 0)};
    while (position[0] != null) {
      position[0] = transactions.call(c -> look(c, rules, position[0], counts));
    }
    return counts.done();
  }

  /** The last customer of the batch, or null at the end. */
  private UUID look(Connection connection, Survivorship rules, UUID position, Counts counts)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    }
    var batch = read(connection, position);
    var members = new HashMap<UUID, List<StoredRecord>>();
    for (var record : records.of(connection, batch.stream().map(Stored::id).toList())) {
      members.computeIfAbsent(record.customerId(), id -> new ArrayList<>()).add(record);
    }
    var inForce = pins.inForce(connection, members);
    for (var stored : batch) {
      var of = members.getOrDefault(stored.id(), new ArrayList<>());
      of.sort(Comparator.comparing(StoredRecord::key));
      var golden = GoldenState.survive(rules, of, inForce.getOrDefault(stored.id(), List.of()));
      counts.customers++;
      if (goldenState.of(golden, stored.id(), of, null, clock.instant()).digest()
          != stored.digest()) {
        count(stored, golden, counts);
      }
    }
    return batch.isEmpty() ? null : batch.get(batch.size() - 1).id();
  }

  private static void count(Stored stored, Golden golden, Counts counts) {
    var changes =
        Difference.ofCustomers(
            CanonicalJson.parse(stored.state()).path("customer"),
            CanonicalJson.parse(stored.lineage()),
            canonical(golden.customer()),
            canonical(golden.lineage()));
    if (!changes.isEmpty()) {
      counts.add(stored.id(), changes);
    }
  }

  /** As the stored one: numbers have the same form. */
  private static JsonNode canonical(Object value) {
    return CanonicalJson.parse(CanonicalJson.text(value));
  }

  private static List<Stored> read(Connection connection, UUID position) throws SQLException {
    var sql =
        "select id, digest, state, lineage from customer where id > ? and redirect_to is null"
            + " order by id limit "
            + BATCH;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, position);
      var batch = new ArrayList<Stored>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.add(
              new Stored(
                  rows.getObject(1, UUID.class),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
      return batch;
    }
  }
}
