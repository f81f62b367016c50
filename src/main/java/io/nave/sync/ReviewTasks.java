package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
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

  private static final String FIND =
      """
      with touched as materialized (
        select id, spoke, record_id, customer_id from source_record
        where customer_id = any(?::uuid[])),
      edge as materialized (
        select e.* from touched t join match_edge e on e.a = t.id
        union
        select e.* from touched t join match_edge e on e.b = t.id),
      strongest as (
        select distinct on (1, 2) least(x.customer_id, y.customer_id) as one,
          greatest(x.customer_id, y.customer_id) as other, e.*,
          x.spoke as a_spoke, y.spoke as b_spoke
        from edge e join source_record x on x.id = e.a join source_record y on y.id = e.b
        where x.customer_id <> y.customer_id
        order by 1, 2, e.weight desc, e.a, e.b),
      decided as (
        select t.customer_id as one, s.customer_id as other from touched t
        join decision d on d.a_spoke = t.spoke and d.a_record = t.record_id
        join source_record s on s.spoke = d.b_spoke and s.record_id = d.b_record
        where d.retracted_at is null
        union
        select t.customer_id, s.customer_id from touched t
        join decision d on d.b_spoke = t.spoke and d.b_record = t.record_id
        join source_record s on s.spoke = d.a_spoke and s.record_id = d.a_record
        where d.retracted_at is null)
      insert into review_task as r (a_customer, b_customer, a, b, a_spoke, b_spoke, weight,
        outcome, rule)
      select one, other, a, b, a_spoke, b_spoke, weight, outcome, rule from strongest s
      where not exists (select from decided d
        where (d.one, d.other) in ((s.one, s.other), (s.other, s.one)))
      order by one, other
      on conflict (a_customer, b_customer) do update set a = excluded.a, b = excluded.b,
        a_spoke = excluded.a_spoke, b_spoke = excluded.b_spoke, weight = excluded.weight,
        outcome = excluded.outcome, rule = excluded.rule
      """;

  /** After the records, their edges and their decisions were written. */
  void refresh(Connection connection, AssignCustomers assigned) throws SQLException {
    Set<UUID> customers = new HashSet<>(assigned.members().keySet());
    customers.addAll(assigned.retired().keySet());
    refresh(connection, customers);
  }

  /** Finds the tasks of these customers anew. */
  void refresh(Connection connection, Collection<UUID> customers) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    try (var forget = connection.prepareStatement(FORGET);
        var find = connection.prepareStatement(FIND)) {
      var ids = Columns.text(connection, customers, UUID::toString);
      forget.setArray(1, ids);
      forget.setArray(2, ids);
      forget.executeUpdate();
      find.setArray(1, ids);
      find.executeUpdate();
    }
  }
}
