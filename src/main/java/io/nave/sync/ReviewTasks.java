package io.nave.sync;

import io.nave.identity.Edge;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Which pairs of customers wait for a steward: those between whose records the matcher found an
 * edge, and about whom nobody has decided. Kept beside the edges, so that the strongest ones are
 * found at once among millions.
 */
@ApplicationScoped
class ReviewTasks {
  private static final String FORGET =
      """
      with gone as (
        select a_customer, b_customer from review_task
        where a_customer = any(?::uuid[]) or b_customer = any(?::uuid[])
        order by a_customer, b_customer for update)
      delete from review_task t using gone g
      where t.a_customer = g.a_customer and t.b_customer = g.b_customer
      """;

  /** Asked once for each direction: an "or" over both would read all decisions there are. */
  private static final String DECIDED =
      """
      select from source_record t
        join decision d on d.a_spoke = t.spoke and d.a_record = t.record_id
          and d.retracted_at is null
        join source_record o on o.spoke = d.b_spoke and o.record_id = d.b_record\
      """;

  /** The two customers' records are looked through for decisions: only few pairs come here. */
  private static final String FIND =
      """
      with edge as materialized (
        select least(x.customer_id, y.customer_id) as one,
          greatest(x.customer_id, y.customer_id) as other, e.*,
          x.spoke as a_spoke, y.spoke as b_spoke
        from unnest(?, ?, ?::real[], ?, ?) e(a, b, weight, outcome, rule)
        join source_record x on x.id = e.a join source_record y on y.id = e.b
        where x.customer_id <> y.customer_id),
      strongest as materialized (
        select distinct on (one, other) * from edge order by one, other, weight desc, a, b)
      insert into review_task as r (a_customer, b_customer, a, b, a_spoke, b_spoke, weight,
        outcome, rule)
      select one, other, a, b, a_spoke, b_spoke, weight, outcome, rule from strongest s
      where not exists (%1$s where t.customer_id = s.one and o.customer_id = s.other)
        and not exists (%1$s where t.customer_id = s.other and o.customer_id = s.one)
      order by one, other
      on conflict (a_customer, b_customer) do update set a = excluded.a, b = excluded.b,
        a_spoke = excluded.a_spoke, b_spoke = excluded.b_spoke, weight = excluded.weight,
        outcome = excluded.outcome, rule = excluded.rule
      """
          .formatted(DECIDED);

  /**
   * Finds the tasks of these customers anew, after the records and the decisions were written.
   *
   * @param edges all that touch a record of these customers, and perhaps others
   */
  void refresh(Connection connection, AssignCustomers assigned, Collection<Edge> edges)
      throws SQLException {
    var customers = new HashSet<UUID>(assigned.members().keySet());
    customers.addAll(assigned.retired().keySet());
    if (customers.isEmpty()) {
      return;
    }
    try (var forget = connection.prepareStatement(FORGET)) {
      var ids = Columns.text(connection, customers, UUID::toString);
      forget.setArray(1, ids);
      forget.setArray(2, ids);
      forget.executeUpdate();
    }
    find(connection, across(assigned, edges));
  }

  private static List<Edge> across(AssignCustomers assigned, Collection<Edge> edges) {
    var homes = new HashMap<Long, UUID>();
    assigned
        .members()
        .forEach((customer, records) -> records.forEach(r -> homes.put(r.id(), customer)));
    return edges.stream()
        .filter(edge -> homes.containsKey(edge.a()) || homes.containsKey(edge.b()))
        .filter(edge -> !Objects.equals(homes.get(edge.a()), homes.get(edge.b())))
        .toList();
  }

  private static void find(Connection connection, List<Edge> edges) throws SQLException {
    if (edges.isEmpty()) {
      return;
    }
    try (var find = connection.prepareStatement(FIND)) {
      find.setArray(1, Columns.numbers(connection, edges, e -> Math.min(e.a(), e.b())));
      find.setArray(2, Columns.numbers(connection, edges, e -> Math.max(e.a(), e.b())));
      find.setArray(3, Columns.text(connection, edges, Edge::weight));
      find.setArray(4, Columns.text(connection, edges, Edge::outcome));
      find.setArray(5, Columns.text(connection, edges, Edge::rule));
      find.executeUpdate();
    }
  }
}
