package io.nave;

import io.nave.platform.Digest64;
import io.nave.platform.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Customers with a long history of consent, written straight into a hub's tables as the hub itself
 * would write them: each has one record, five ledger entries, and two versions. The chain is not
 * written: the hub's own sealer makes it.
 */
final class BenchLedger {
  /** Entries a customer. */
  static final int EACH = 5;

  /** All is said within so many days before now. */
  static final int DAYS = 200;

  private static final int CHUNK = 10_000;
  private static final long LOOK = Duration.ofMillis(200).toNanos();

  private static final String FILL =
      """
      with who as (
        select u.n, u.word, ('00000000-0000-4000-8000-' || lpad(to_hex(u.n), 12, '0'))::uuid as id
        from unnest(?, ?) u(n, word)),
      said as (
        select w.n, k.k, k.purpose, k.channel,
          case when k.k = 4 and w.n % 2 = 0 then 'withdrawn' else k.state end as state,
          date_trunc('milliseconds', now()) - make_interval(days => k.day, secs => w.n % 80000) as at
        from who w cross join (values
          (0, 'marketing', 'email', 'granted', 202), (1, 'marketing', 'sms', 'granted', 202),
          (2, 'profiling', 'any', 'granted', 202), (3, 'marketing', 'email', 'denied', 100),
          (4, 'marketing', 'email', 'granted', 10)) k(k, purpose, channel, state, day)),
      stated as (
        select n, k, purpose, channel, state, at, json_build_object(
            'consent', json_build_object('purpose', purpose, 'channel', channel, 'state', state,
              'decidedAt', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'evidence', json_build_object('actor', 'customer')),
            'recordedAt', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as json
        from said),
      latest as (
        select n, json_agg(case when k = 4 then (json::jsonb || jsonb_build_object('before', (
            select jsonb_agg(e.json) from stated e where e.n = s.n and e.k in (0, 3))))::json
          else json end) as consents
        from stated s where k in (1, 2, 4) group by n),
      golden as (
        select w.*, json_build_object(
          'customer', json_build_object('type', 'person',
            'emails', json_build_array(json_build_object('value', 'n' || w.n || '@bench.example')),
            'addresses', json_build_array(json_build_object('country', 'GB'))),
          'consents', (select json_agg(json_build_object('purpose', s.purpose, 'channel',
            s.channel, 'state', s.state, 'decidedAt', s.at)) from said s
            where s.n = w.n and s.k in (1, 2, 4)),
          'records', json_build_array(json_build_object('spoke', 'crm', 'recordId', 'n' || w.n,
            'deleted', false)), 'deleted', false) as state
        from who w),
      c as (
        insert into customer (id, version, type, state, lineage, digest, search, created_at,
          updated_at)
        select id, 2, 'person', state, '{}', 0, to_tsvector('simple', word), now(), now()
        from golden),
      h as (
        insert into customer_history (customer_id, version, at, state, lineage)
        select id, v, now() - make_interval(days => 203 - v * 50), state, '{}'
        from golden cross join generate_series(1, 2) v),
      r as (
        insert into source_record (id, spoke, record_id, customer_id, content, since, rule,
          consents, linked_at, seen_at)
        select nextval('source_record_id'), 'crm', 'n' || g.n, g.id, g.state->'customer', '{}',
          'new', l.consents, now(), now()
        from golden g join latest l on l.n = g.n),
      e as (
        insert into consent_entry (spoke, record_id, purpose, channel, state, decided_at,
          recorded_at, actor, method, notice, language, personal)
        select 'crm', 'n' || n, purpose, channel, state, at, at, 'customer', 'web form',
          'marketing-1', 'en', decode(repeat(md5(n::text), 16), 'hex')
        from said order by n, k returning id)
      insert into consent_unsealed (entry_id) select id from e
      """;

  private final Connection connection;

  BenchLedger(Connection connection) {
    this.connection = connection;
  }

  /** The id of a customer. */
  static String id(int n) {
    return new UUID(0x0000000000004000L, 0x8000000000000000L | n).toString();
  }

  /** The address of a customer. */
  static String email(int n) {
    return "n" + n + "@bench.example";
  }

  /**
   * Writes so many customers, and waits until their entries are chained.
   *
   * @return entries chained a second
   */
  double fill(int customers) throws SQLException {
    long since = System.nanoTime();
    try (var progress = Progress.of("customers written", customers);
        var statement = connection.prepareStatement(FILL)) {
      for (int from = 0; from < customers; from += CHUNK) {
        int to = Math.min(customers, from + CHUNK);
        statement.setArray(
            1, connection.createArrayOf("int4", IntStream.range(from, to).boxed().toArray()));
        statement.setArray(
            2,
            connection.createArrayOf(
                "text", IntStream.range(from, to).mapToObj(BenchLedger::word).toArray()));
        statement.executeUpdate();
        progress.reach(to);
      }
    }
    await((long) customers * EACH);
    double seconds = (System.nanoTime() - since) / 1e9;
    try (var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
    return customers * EACH / seconds;
  }

  /** By which the hub finds an e-mail address. */
  private static String word(int n) {
    return "q0" + Long.toHexString(Digest64.of(email(n)));
  }

  private void await(long entries) throws SQLException {
    try (var progress = Progress.of("entries chained", entries);
        var statement =
            connection.prepareStatement("select coalesce(max(seq), 0) from consent_seal")) {
      for (long sealed = 0; sealed < entries; ) {
        LockSupport.parkNanos(LOOK);
        try (var rows = statement.executeQuery()) {
          rows.next();
          sealed = rows.getLong(1);
        }
        progress.reach(sealed);
      }
    }
  }
}
