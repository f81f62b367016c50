package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.canonical.SourceKey;
import io.nave.identity.Clustering;
import io.nave.identity.Decision;
import io.nave.identity.MatchRules;
import io.nave.identity.Profile;
import io.nave.identity.SourceRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows which customers other rules of matching would merge and split, and changes nothing. All
 * records are matched anew, in memory, of which it takes some kilobytes a record; so there is one
 * preview at a time.
 */
@ApplicationScoped
public class PreviewMatching {
  private static final int PAGE = 1000;

  private final Transactions transactions;
  private final SourceRecords records;
  private final Decisions decisions;
  private final MatchingInForce matching;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  PreviewMatching(
      Transactions transactions,
      SourceRecords records,
      Decisions decisions,
      MatchingInForce matching) {
    this.transactions = transactions;
    this.records = records;
    this.decisions = decisions;
    this.matching = matching;
  }

  /**
   * What would happen.
   *
   * @param records those that were looked at: all
   * @param customers how many there are
   * @param customersThen how many there would be
   * @param merges customers that would hold records of several of today's; {@code parts} of them
   * @param splits customers that would fall apart, into {@code parts}
   */
  public record Preview(
      long records, long customers, long customersThen, Changes merges, Changes splits) {}

  /** All merges, or all splits, and the largest of them. */
  public record Changes(long count, long parts, List<Example> examples) {}

  /**
   * One merge or split.
   *
   * @param strongest what speaks most for two records of different parts; null where they have gone
   */
  public record Example(List<Part> parts, Strongest strongest) {}

  /**
   * Records that stay together.
   *
   * @param customerId of which they are today
   * @param records some of them
   * @param size how many there are
   */
  public record Part(UUID customerId, List<SourceKey> records, int size) {}

  /** What the rules say of a pair now, and what they would say. */
  public record Strongest(SourceKey a, SourceKey b, Evidence now, Evidence then) {}

  /**
   * Looks at every record.
   *
   * @param text what the file would say
   * @return empty while another preview is being made
   * @throws io.nave.platform.InvalidConfig with all mistakes of the text
   */
  public Optional<Preview> of(String text) {
    var rules = matching.parse(text);
    if (!isBusy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Look(rules).preview());
    } finally {
      isBusy.set(false);
    }
  }

  /** One preview: records without their contents, and what the comparisons need of those. */
  private final class Look {
    private final MatchRules rules;
    private final List<SourceRecord> all = new ArrayList<>();
    private final Map<Long, Profile> profiles = new HashMap<>();
    private final Map<Long, UUID> homes = new HashMap<>();

    Look(MatchRules rules) {
      this.rules = rules;
    }

    Preview preview() {
      long[] position = {0};
      while (position[0] >= 0) {
        position[0] = transactions.call(c -> page(c, position[0]));
      }
      var groups = groups();
      var regrouping = new Regrouping(all, homes, groups);
      var compare = new ComparePairs(transactions, records, matching.now().match(), rules);
      return new Preview(
          all.size(),
          homes.values().stream().distinct().count(),
          groups.size(),
          compare.explain(regrouping.merges()),
          compare.explain(regrouping.splits()));
    }

    private List<Set<Long>> groups() {
      var clustering = new Clustering(rules, record -> profiles.get(record.id()));
      return clustering.cluster(all, standing());
    }

    private List<Decision> standing() {
      var everything = new Decisions.Wanted(null, null, true, null, Integer.MAX_VALUE);
      return transactions.call(c -> decisions.list(c, everything)).stream()
          .map(d -> new Decision(d.a(), d.b(), d.same()))
          .toList();
    }

    /** The last record of the page, or -1 at the end. */
    private long page(Connection connection, long position) throws SQLException {
      var sql =
          "select id, spoke, record_id, customer_id, deleted, content from source_record"
              + " where id > ? order by id limit "
              + PAGE;
      long last = -1;
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, position);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            last = rows.getLong(1);
            var key = new SourceKey(rows.getString(2), rows.getString(3));
            all.add(new SourceRecord(last, key, null, rows.getBoolean(5)));
            homes.put(last, rows.getObject(4, UUID.class));
            var content = CanonicalJson.read(rows.getString(6), Customer.class);
            boolean says = !key.spoke().equals(Act.SPOKE);
            profiles.put(last, rules.profile(says ? content : StoredRecord.NOTHING));
          }
        }
      }
      return last;
    }
  }
}
