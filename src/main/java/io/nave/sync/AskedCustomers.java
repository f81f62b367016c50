package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.canonical.Standardise;
import io.nave.platform.Columns;
import io.nave.sync.Asked.ByEmail;
import io.nave.sync.Asked.ById;
import io.nave.sync.Asked.ByPhone;
import io.nave.sync.Asked.ByRecord;
import io.nave.sync.Asked.Who;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds the customers that are asked about: one statement a kind of name, however many. */
@ApplicationScoped
class AskedCustomers {
  /** More customers with one address, and it is nobody's. */
  static final int MOST = 100;

  private static final String BY_ID =
      """
      with recursive next as (
        select u.id as asked, c.id, c.redirect_to, 1 as step
        from unnest(?::uuid[]) u(id) join customer c on c.id = u.id
        union all
        select n.asked, c.id, c.redirect_to, n.step + 1
        from next n join customer c on c.id = n.redirect_to where n.step < 1000)
      select asked::text, id from next where redirect_to is null
      """;

  private static final String BY_WORD =
      """
      select u.word, c.id from unnest(?) u(word)
      cross join lateral (
        select id from customer where search @@ to_tsquery('simple', u.word)
          and redirect_to is null order by id limit %d) c
      """
          .formatted(MOST + 1);

  private static final String BY_RECORD =
      "select u.n, s.customer_id from unnest(?, ?) with ordinality u(spoke, record_id, n)"
          + " join source_record s on s.spoke = u.spoke and s.record_id = u.record_id";

  private static final String FORMER =
      """
      with recursive former as (
        select u.id as asked, u.id from unnest(?::uuid[]) u(id)
        union
        select f.asked, c.id from former f join customer c on c.redirect_to = f.id)
      select asked::text, id from former
      """;

  private final Standardise standardise;

  AskedCustomers(Standardise standardise) {
    this.standardise = standardise;
  }

  /** The customers that these names stand for now; none where nobody is known. */
  Map<Who, Set<UUID>> now(Connection connection, Collection<Who> asked) throws SQLException {
    Map<Who, Set<UUID>> found = new HashMap<>();
    Map<String, Set<Who>> ids = new LinkedHashMap<>();
    Map<String, Set<Who>> words = new LinkedHashMap<>();
    Map<String, Set<Who>> records = new LinkedHashMap<>();
    List<SourceKey> keys = new java.util.ArrayList<>();
    for (var who : new HashSet<>(asked)) {
      found.put(who, new HashSet<>());
      if (who instanceof ById by) {
        add(ids, by.id().toString(), who);
      } else if (who instanceof ByRecord by) {
        keys.add(by.key());
        add(records, Integer.toString(keys.size()), who);
      } else {
        add(words, word(who), who);
      }
    }
    words.remove(null);
    find(connection, BY_ID, ids, found, s -> s.setArray(1, texts(connection, ids.keySet())));
    find(connection, BY_WORD, words, found, s -> s.setArray(1, texts(connection, words.keySet())));
    find(
        connection,
        BY_RECORD,
        records,
        found,
        s -> {
          s.setArray(1, Columns.text(connection, keys, SourceKey::spoke));
          s.setArray(2, Columns.text(connection, keys, SourceKey::recordId));
        });
    return found;
  }

  private static <K> void add(Map<K, Set<Who>> names, K name, Who who) {
    names.computeIfAbsent(name, n -> new HashSet<>()).add(who);
  }

  /** The address or number in the form customers have it; null where it is none. */
  String address(Who who) {
    if (who instanceof ByEmail by) {
      return Standardise.email(by.address());
    }
    return who instanceof ByPhone by ? standardise.phone(by.number()) : null;
  }

  private String word(Who who) {
    return who instanceof ByEmail by
        ? SearchWords.email(by.address())
        : SearchWords.phone(address(who));
  }

  /** These customers, and those that became a part of them: whom they could have been once. */
  Map<UUID, Set<UUID>> withFormer(Connection connection, Collection<UUID> customers)
      throws SQLException {
    Map<UUID, Set<UUID>> all = new HashMap<>();
    if (customers.isEmpty()) {
      return all;
    }
    try (var statement = connection.prepareStatement(FORMER)) {
      statement.setArray(1, texts(connection, customers));
      read(
          statement,
          (asked, id) -> all.computeIfAbsent(UUID.fromString(asked), a -> new HashSet<>()).add(id));
    }
    return all;
  }

  private static java.sql.Array texts(Connection connection, Collection<?> values)
      throws SQLException {
    return Columns.text(
        connection, values.stream().map(Objects::toString).collect(Collectors.toList()), t -> t);
  }

  private interface Bind {
    void to(PreparedStatement statement) throws SQLException;
  }

  private interface Found {
    void add(String asked, UUID customer);
  }

  private static void find(
      Connection connection,
      String sql,
      Map<String, Set<Who>> names,
      Map<Who, Set<UUID>> found,
      Bind bind)
      throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      bind.to(statement);
      read(statement, (asked, id) -> names.get(asked).forEach(who -> found.get(who).add(id)));
    }
  }

  private static void read(PreparedStatement statement, Found found) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1), rows.getObject(2, UUID.class));
      }
    }
  }
}
