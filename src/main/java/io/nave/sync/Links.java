package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.canonical.Standardise;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The links by which customers come to the preference centre. */
@ApplicationScoped
public class Links {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Transactions transactions;
  private final StoredLinks stored;
  private final FindCustomers customers;
  private final SourceRecords records;
  private final LinkKeys keys;
  private final Clock clock;

  Links(
      Transactions transactions,
      StoredLinks stored,
      FindCustomers customers,
      SourceRecords records,
      LinkKeys keys,
      Clock clock) {
    this.transactions = transactions;
    this.stored = stored;
    this.customers = customers;
    this.records = records;
    this.keys = keys;
    this.clock = clock;
  }

  /** What became of a wish. */
  public sealed interface Answer permits Made, NotMade {}

  /** The token is told once, here, and is kept nowhere. */
  public record Made(UUID id, String token, Instant expiresAt) implements Answer {}

  /** Why there is no link. */
  public record NotMade(String pointer, String message) implements Answer {}

  /** A link that works, and whom it opens. */
  public record Opened(Link link, UUID customerId) {}

  /** Makes links, an answer for each wish, in one transaction. */
  public List<Answer> make(List<LinkWish> wishes, String by) {
    return transactions.call(connection -> make(connection, wishes, by));
  }

  List<Answer> make(Connection connection, List<LinkWish> wishes, String by) throws SQLException {
    var now = clock.instant();
    var answers = new ArrayList<Answer>();
    var rows = new ArrayList<StoredLinks.Row>();
    for (var wish : wishes) {
      answers.add(make(connection, wish, now, by, rows));
    }
    stored.add(connection, rows);
    return answers;
  }

  private Answer make(
      Connection connection, LinkWish wish, Instant now, String by, List<StoredLinks.Row> rows)
      throws SQLException {
    var anchor = anchor(connection, wish);
    if (anchor instanceof NotMade not) {
      return not;
    }
    var id = new UUID(RANDOM.nextLong(), RANDOM.nextLong());
    var end = now.plus(wish.lifetime()).truncatedTo(ChronoUnit.SECONDS);
    var link =
        new Link(
            id,
            ((Anchor) anchor).key(),
            wish.use(),
            wish.purpose(),
            wish.channel(),
            wish.topic(),
            wish.brand(),
            end);
    boolean bound = wish.use() == Link.Use.confirm && wish.email() != null;
    var digest = bound ? keys.tokens().addressDigest(Standardise.foldEmail(wish.email())) : null;
    rows.add(new StoredLinks.Row(link, digest, now, by));
    return new Made(id, keys.tokens().sign(id, wish.use(), end), end);
  }

  // -- the anchor

  private record Anchor(SourceKey key) {}

  private Object anchor(Connection connection, LinkWish wish) throws SQLException {
    if (wish.record() != null) {
      return ofRecord(connection, wish.record());
    }
    if (wish.customerId() != null) {
      return ofCustomer(connection, wish.customerId(), null);
    }
    return ofEmail(connection, wish.email());
  }

  private Object ofRecord(Connection connection, SourceKey key) throws SQLException {
    boolean known =
        !key.spoke().equals(Act.SPOKE) && records.read(connection, List.of(key)).containsKey(key);
    return known
        ? new Anchor(key)
        : new NotMade("/record", "record: " + key + " (expected: one that was observed)");
  }

  private Object ofCustomer(Connection connection, UUID customer, String email)
      throws SQLException {
    var first = stored.firstRecord(connection, customer, email);
    return first != null
        ? new Anchor(first)
        : new NotMade("/customerId", "customerId: " + customer + " (expected: a customer)");
  }

  private Object ofEmail(Connection connection, String email) throws SQLException {
    var found = customers.byEmail(email);
    if (found.size() != 1) {
      return new NotMade(
          "/email", "email: " + found.size() + " customers (expected: one that has the address)");
    }
    var id = UUID.fromString(found.get(0).path("customerId").asText());
    return ofCustomer(connection, id, Standardise.foldEmail(email));
  }

  // -- what works

  /** The link of a token; empty for one that is forged, ended, revoked or used up. */
  public Optional<Opened> open(String token) {
    return keys.tokens()
        .read(token, clock.instant())
        .flatMap(read -> transactions.call(connection -> stored.open(connection, read.id())));
  }

  /** The token of a link that was made before; for a mail that goes out later. */
  String token(Link link) {
    return keys.tokens().sign(link.id(), link.use(), link.expiresAt());
  }

  /** Ends a link; false where there is none that works. */
  public boolean revoke(UUID id) {
    return transactions.call(connection -> stored.revoke(connection, id, clock.instant()));
  }

  /** Ends all links of a customer; yields how many. */
  public int revokeAll(UUID customer) {
    return transactions.call(connection -> stored.revokeAll(connection, customer, clock.instant()));
  }
}
