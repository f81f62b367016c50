package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Fold;
import io.nave.canonical.Standardise;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.SessionFactory;

/** Reads customers for people and systems, as JSON trees. */
@ApplicationScoped
public class FindCustomers {
  private static final int MOST = 50;
  private static final int SHORTEST_NUMBER = 5;

  private final SessionFactory sessions;
  private final SourceRecords records;
  private final Standardise standardise;
  private final ConsentTrees consents;

  FindCustomers(
      SessionFactory sessions,
      SourceRecords records,
      Standardise standardise,
      ConsentTrees consents) {
    this.sessions = sessions;
    this.records = records;
    this.standardise = standardise;
    this.consents = consents;
  }

  /** A customer, or where its id redirects to since it became a part of another one. */
  public record Found(ObjectNode customer, UUID redirectTo) {}

  /**
   * Everything that is known of a customer: golden record, lineage, records, consents, deliveries.
   */
  @Transactional
  public Optional<Found> byId(UUID id) {
    return work(connection -> byId(connection, id));
  }

  /** The golden record alone: what {@code nave.customers} carries. */
  @Transactional
  public Optional<JsonNode> summary(UUID id) {
    return work(
        connection -> {
          var sql = "select id, version, state from customer where id = ?";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            return summaries(statement).stream().findFirst();
          }
        });
  }

  private Optional<Found> byId(Connection connection, UUID id) throws SQLException {
    var sql =
        """
        select version, state, lineage, (
          with recursive next as (
            select c.redirect_to as id, 1 as step
            union all
            select r.redirect_to, n.step + 1 from next n join customer r on r.id = n.id
            where r.redirect_to is not null and n.step < 1000)
          select id from next order by step desc limit 1), created_at, updated_at
        from customer c where id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var redirect = rows.getObject(4, UUID.class);
        var node = JsonNodeFactory.instance.objectNode();
        node.put("customerId", id.toString());
        node.put("version", rows.getLong(1));
        node.setAll((ObjectNode) CanonicalJson.parse(rows.getString(2)));
        node.put("createdAt", instant(rows.getObject(5, java.time.OffsetDateTime.class)));
        node.put("updatedAt", instant(rows.getObject(6, java.time.OffsetDateTime.class)));
        node.set("lineage", CanonicalJson.parse(rows.getString(3)));
        addRecords(connection, id, node);
        node.set("deliveries", deliveries(connection, id));
        return Optional.of(new Found(node, redirect));
      }
    }
  }

  private static String instant(java.time.OffsetDateTime time) {
    return time == null ? null : time.toInstant().toString();
  }

  private void addRecords(Connection connection, UUID id, ObjectNode node) throws SQLException {
    var members = records.of(connection, List.of(id));
    members.sort(java.util.Comparator.comparing(StoredRecord::key));
    var list = JsonNodeFactory.instance.arrayNode();
    for (var member : members) {
      var one = list.addObject();
      one.put("spoke", member.key().spoke());
      one.put("recordId", member.key().recordId());
      one.put("deleted", member.deleted());
      one.put("rule", member.rule());
      one.set("customer", CanonicalJson.tree(member.content()));
      one.set("since", CanonicalJson.tree(member.since()));
    }
    node.set("sourceRecords", list);
    node.set("consents", consents.effective(GoldenState.entries(members)));
    var keys = members.stream().map(StoredRecord::key).toList();
    node.set("consentHistory", consents.history(connection, keys));
  }

  private static JsonNode deliveries(Connection connection, UUID id) throws SQLException {
    return json(
        connection,
        """
        select coalesce(json_agg(json_build_object('spoke', d.spoke,
          'recordId', case when d.target like '+%' then null else d.target end,
          'state', d.state, 'version', d.version, 'wanted', d.wanted, 'attempts', d.attempts,
          'error', d.error, 'errorKind', d.error_kind, 'noticedAt', d.noticed_at,
          'doneAt', d.done_at) order by d.spoke, d.target), '[]')
        from delivery d where d.customer_id = ?
        """,
        id);
  }

  private static JsonNode json(Connection connection, String sql, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return CanonicalJson.parse(rows.getString(1));
      }
    }
  }

  /** The customers that some record with this e-mail address belongs to. */
  @Transactional
  public List<JsonNode> byEmail(String email) {
    return bySearch(SearchWords.email(email));
  }

  /** The customers that some record with this phone number belongs to. */
  @Transactional
  public List<JsonNode> byPhone(String phone) {
    return bySearch(SearchWords.phone(standardise.phone(phone)));
  }

  /** The customers whose names or towns have words that begin like these, in any script. */
  @Transactional
  public List<JsonNode> byWords(String text) {
    return bySearch(names(text));
  }

  /**
   * The condition by which people's words find customers: an e-mail address, a phone number, or
   * names and towns; null where there are no words in them.
   */
  String words(String typed) {
    if (typed.indexOf('@') > 0) {
      return SearchWords.email(typed);
    }
    boolean number =
        typed.chars().filter(Character::isDigit).count() >= SHORTEST_NUMBER
            && typed.chars().noneMatch(Character::isLetter);
    return number ? SearchWords.phone(standardise.phone(typed)) : names(typed);
  }

  private static String names(String text) {
    var query =
        Fold.tokens(text).stream()
            .map(word -> "'" + word.replace("'", "''") + "':*")
            .collect(Collectors.joining(" & "));
    return query.isEmpty() ? null : query;
  }

  private List<JsonNode> bySearch(String query) {
    if (query == null) {
      return List.of();
    }
    var sql =
        "select id, version, state from customer where search @@ to_tsquery('simple', ?)"
            + " and redirect_to is null order by updated_at desc limit "
            + MOST;
    return work(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, query);
            return summaries(statement);
          }
        });
  }

  private static List<JsonNode> summaries(PreparedStatement statement) throws SQLException {
    var found = new ArrayList<JsonNode>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        var id = rows.getObject(1, UUID.class);
        found.add(
            CanonicalJson.parse(PublishOutbox.message(id, rows.getLong(2), rows.getString(3))));
      }
    }
    return found;
  }

  /** Writes all current links as NDJSON, without holding them in memory. */
  @Transactional
  public void writeCrosswalk(OutputStream out) {
    work(
        connection -> {
          var sql =
              "select json_build_object('spoke', spoke, 'recordId', record_id, 'customerId',"
                  + " customer_id)::text from source_record order by spoke, record_id";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1000);
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                out.write(rows.getString(1).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
              }
            }
            return null;
          } catch (IOException gone) {
            throw new SQLException("the reader of the crosswalk went away", gone);
          }
        });
  }

  private <T> T work(org.hibernate.jdbc.ReturningWork<T> work) {
    try (var session = sessions.openStatelessSession()) {
      return session.doReturningWork(work);
    }
  }
}
