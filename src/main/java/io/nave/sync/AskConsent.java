package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent.Subject;
import io.nave.consent.ConsentDecision;
import io.nave.consent.ConsentDecision.Code;
import io.nave.consent.DecideByLaw;
import io.nave.consent.Jurisdiction.Home;
import io.nave.consent.Purposes;
import io.nave.consent.Sealed;
import io.nave.sync.Asked.ByEmail;
import io.nave.sync.Asked.ById;
import io.nave.sync.Asked.ByPhone;
import io.nave.sync.Asked.ByRecord;
import io.nave.sync.Asked.Who;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Ask before you send: whether something may be sent to somebody, and why. Many questions take as
 * many statements of SQL as one, all on one state of the database.
 */
@ApplicationScoped
public class AskConsent {
  private static final Set<String> TELEPHONES = Set.of("sms", "phone", "messaging");
  private static final Comparator<JsonNode> PRIMARY_FIRST =
      Comparator.comparing(one -> !one.path("primary").asBoolean());

  private final Transactions transactions;
  private final AskedCustomers askedCustomers;
  private final KnownConsents knownConsents;
  private final Purposes purposes;
  private final DecideByLaw decideByLaw;
  private final Clock clock;

  AskConsent(
      Transactions transactions,
      AskedCustomers askedCustomers,
      KnownConsents knownConsents,
      Purposes purposes,
      Clock clock) {
    this.transactions = transactions;
    this.askedCustomers = askedCustomers;
    this.knownConsents = knownConsents;
    this.purposes = purposes;
    this.decideByLaw = new DecideByLaw(purposes);
    this.clock = clock;
  }

  /**
   * The answer to one question.
   *
   * @param customer whose consent decides; null where nobody is known
   * @param customers all that bear the address, the number or the name; the strictest answer counts
   * @param entry the ledger entry that decides; null where none does
   */
  public record Answer(
      UUID customer, List<UUID> customers, ConsentDecision decision, Sealed entry) {}

  /** Why this cannot be asked; empty where it can. */
  public Optional<String> refusal(Subject subject) {
    var all = purposes.purpose(subject.purpose()).map(p -> p.channels()).orElse(List.of());
    return "any".equals(subject.channel()) && !all.isEmpty()
        ? Optional.of("channel: any (expected: one of " + all + ")")
        : purposes.subjectRefusal(subject);
  }

  /**
   * Answers, in the order of the questions.
   *
   * @param asOf what held then, of what the hub had heard by then; null: now
   * @throws IllegalArgumentException where {@link #refusal} has something to say
   */
  public List<Answer> ask(List<Asked> questions, Instant asOf) {
    return transactions.call(
        connection -> {
          atOneMoment(connection);
          var whom = questions.stream().map(Asked::who).toList();
          var found =
              asOf == null ? now(connection, whom, clock.instant()) : then(connection, whom, asOf);
          return questions.stream().map(found::answer).toList();
        });
  }

  private static void atOneMoment(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    }
  }

  private Found now(Connection connection, List<Who> whom, Instant now) throws SQLException {
    var ids = askedCustomers.now(connection, whom);
    var all = new HashSet<UUID>();
    ids.values().stream().filter(Found::isSomebody).forEach(all::addAll);
    var known = knownConsents.now(connection, all, now);
    return new Found(ids, known);
  }

  /**
   * An id says whom it meant then. An address, a number or a record says whom it means now, and who
   * became a part of her since.
   */
  private Found then(Connection connection, List<Who> whom, Instant asOf) throws SQLException {
    var ids = new HashMap<Who, Set<UUID>>();
    var others = new ArrayList<Who>();
    for (var who : whom) {
      if (who instanceof ById by) {
        ids.put(who, Set.of(by.id()));
      } else {
        others.add(who);
      }
    }
    var found = askedCustomers.now(connection, others);
    var all = new HashSet<UUID>();
    found.values().stream().filter(Found::isSomebody).forEach(all::addAll);
    var former = askedCustomers.withFormer(connection, all);
    found.forEach(
        (who, customers) -> {
          var once = new HashSet<UUID>();
          customers.forEach(id -> once.addAll(former.getOrDefault(id, Set.of(id))));
          ids.put(who, Found.isSomebody(customers) ? once : customers);
        });
    var asked = new HashSet<UUID>();
    ids.values().stream().filter(Found::isSomebody).forEach(asked::addAll);
    return new Found(ids, knownConsents.then(connection, asked, asOf));
  }

  /** Who was asked about, and what is known of them. */
  private final class Found {
    private final Map<Who, Set<UUID>> ids;
    private final KnownConsents.Found known;

    Found(Map<Who, Set<UUID>> ids, KnownConsents.Found known) {
      this.ids = ids;
      this.known = known;
    }

    /** Not so many that the address cannot be hers. */
    static boolean isSomebody(Set<UUID> customers) {
      return customers.size() <= AskedCustomers.MOST;
    }

    Answer answer(Asked asked) {
      var customers = ids.getOrDefault(asked.who(), Set.of());
      if (!isSomebody(customers)) {
        var words = "more than " + AskedCustomers.MOST + " customers have this address";
        return nobody(asked, Code.SHARED, words);
      }
      var those =
          customers.stream()
              .map(known.customers()::get)
              .filter(Objects::nonNull)
              .filter(one -> isMeant(one, asked.who()))
              .sorted(Comparator.comparing(KnownConsents.Known::id))
              .distinct()
              .toList();
      if (those.isEmpty()) {
        return nobody(asked, Code.UNKNOWN_CUSTOMER, unknown(asked.who()));
      }
      KnownConsents.Known decides = null;
      ConsentDecision decision = null;
      for (var one : those) {
        var own = decide(one, asked);
        if (decision == null || decision.stricter(own) == own) {
          decides = one;
          decision = own;
        }
      }
      var decisive = decision.decisive();
      return new Answer(
          decides.id(),
          those.stream().map(KnownConsents.Known::id).toList(),
          decision,
          decisive == null ? null : known.seals().get(decisive.entry().id()));
    }

    /** A record may have been somebody else's. */
    private boolean isMeant(KnownConsents.Known one, Who who) {
      return !(who instanceof ByRecord by) || one.records().contains(by.key());
    }

    private Answer nobody(Asked asked, Code code, String why) {
      var decision = new ConsentDecision(asked.subject(), code, why, null, null);
      return new Answer(null, List.of(), decision, null);
    }
  }

  private static String unknown(Who who) {
    if (who instanceof ByEmail) {
      return "no customer has this e-mail address";
    }
    if (who instanceof ByPhone) {
      return "no customer has this number";
    }
    return who instanceof ByRecord ? "no customer has this record" : "no customer has this id";
  }

  private ConsentDecision decide(KnownConsents.Known customer, Asked asked) {
    var s = asked.subject();
    var addresses = addresses(customer.golden(), s.channel());
    var subject =
        new Subject(s.purpose(), s.channel(), s.topic(), s.brand(), used(asked, s.channel()));
    return decideByLaw.decide(
        new DecideByLaw.Question(subject, addresses, homes(customer.golden()), customer.folded()));
  }

  /** The address or number that was named, where this channel reaches it. */
  private String used(Asked asked, String channel) {
    boolean reached =
        asked.who() instanceof ByEmail && channel.equals("email")
            || asked.who() instanceof ByPhone && TELEPHONES.contains(channel);
    return reached ? askedCustomers.address(asked.who()) : null;
  }

  private static List<String> addresses(JsonNode golden, String channel) {
    if (channel.equals("email")) {
      return values(golden.path("emails"));
    }
    return TELEPHONES.contains(channel) ? values(golden.path("phones")) : List.of();
  }

  private static List<String> values(JsonNode list) {
    return stream(list).sorted(PRIMARY_FIRST).map(one -> one.path("value").asText()).toList();
  }

  private static List<Home> homes(JsonNode golden) {
    return stream(golden.path("addresses"))
        .filter(one -> one.hasNonNull("country"))
        .map(one -> new Home(one.path("country").asText(), one.path("region").textValue()))
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    var all = new ArrayList<JsonNode>();
    list.forEach(all::add);
    return all.stream();
  }

  // -- all that holds

  /**
   * What holds for one customer.
   *
   * @param asOf null: now
   * @return empty where there is no such customer, or was none then
   */
  public Optional<ObjectNode> consents(UUID customer, Instant asOf) {
    return transactions.call(
        connection -> {
          atOneMoment(connection);
          var now = clock.instant();
          var who = new ById(customer);
          var found =
              asOf == null
                  ? now(connection, List.of(who), now)
                  : then(connection, List.of(who), asOf);
          return found.ids.getOrDefault(who, Set.of()).stream()
              .map(found.known.customers()::get)
              .filter(Objects::nonNull)
              .findFirst()
              .map(one -> tree(one, asOf == null ? now : asOf));
        });
  }

  private static ObjectNode tree(KnownConsents.Known customer, Instant at) {
    var tree = JsonNodeFactory.instance.objectNode();
    tree.put("customerId", customer.id().toString()).put("asOf", at.toString());
    var consents = tree.putArray("consents");
    customer.folded().forEach(effective -> consents.add(ConsentTrees.tree(effective)));
    return tree;
  }
}
