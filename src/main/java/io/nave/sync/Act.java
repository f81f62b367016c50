package io.nave.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Observation;
import io.nave.canonical.SourceKey;
import io.nave.consent.Purposes;
import io.nave.platform.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a customer herself does at the preference centre: an observation of the built-in spoke
 * {@value #SPOKE}, reconciled at once in a transaction of its own, without the log. It is durable
 * when this returns, and goes out on the fast lane.
 */
@ApplicationScoped
public class Act {
  /** The built-in spoke: always declared, never delivered to. */
  public static final String SPOKE = "preference-centre";

  private final Transactions transactions;
  private final CentreRecords own;
  private final ReconcileSteps steps;
  private final ObservationReader reader;
  private final Purposes purposes;
  private final Clock clock;
  private final Wake wake;

  Act(
      Transactions transactions,
      CentreRecords own,
      ReconcileSteps steps,
      ObservationReader reader,
      Purposes purposes,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.own = own;
    this.steps = steps;
    this.reader = reader;
    this.purposes = purposes;
    this.clock = clock;
    this.wake = wake;
  }

  /** What became of it. */
  public sealed interface Outcome permits Done, Refused, Unknown {}

  /** It is in the ledger and in the customer's golden record. */
  public record Done(UUID customerId, SourceKey record, Instant at) implements Outcome {}

  /** It was not understood, for these reasons; nothing was changed. */
  public record Refused(List<Refusal> refusals) implements Outcome {}

  /** Nobody has observed the anchor, or a step beside it found that it may not be done. */
  public record Unknown() implements Outcome {}

  /** What is done in the same transaction, first; false, having done nothing: nothing is done. */
  interface Beside {
    boolean holds(Connection connection, UUID customerId, Instant now) throws SQLException;
  }

  /**
   * Does it.
   *
   * @param anchor the record through which the customer came
   * @param statement {@code customer} (a patch), {@code consents}, {@code preferences} as in an
   *     observation; what has no {@code decidedAt} was decided now
   */
  public Outcome act(SourceKey anchor, ObjectNode statement) {
    return act(anchor, statement, (connection, customer, now) -> true);
  }

  Outcome act(SourceKey anchor, ObjectNode statement, Beside beside) {
    var now = clock.instant();
    var read = read(dated(statement, now), now);
    if (read instanceof ObservationReader.Refused refused) {
      return new Refused(refused.refusals());
    }
    var observation = ((ObservationReader.Read) read).observation();
    var refusals = refusals(observation);
    if (!refusals.isEmpty()) {
      return new Refused(refusals);
    }
    var span = Traces.begin("act").setAttribute(Traces.SPOKE, SPOKE);
    // it stands in no log
    var logged = new Logged("", 0, 0, now, new Origin(now, Traces.of(span)), new byte[0]);
    var outcome =
        Traces.during(
            List.of(span),
            () ->
                transactions.call(
                    connection -> commit(connection, anchor, logged, observation, beside)));
    wake.outbox();
    return outcome;
  }

  private ObservationReader.Answer read(ObjectNode statement, Instant now) {
    statement.put("recordId", "?").put("kind", "patch").put("changedAt", now.toString());
    return reader.read(SPOKE, statement, now);
  }

  private static ObjectNode dated(ObjectNode statement, Instant now) {
    var dated = statement.deepCopy();
    for (var list : List.of("consents", "preferences")) {
      for (var one : dated.path(list)) {
        if (one instanceof ObjectNode object && !object.hasNonNull("decidedAt")) {
          object.put("decidedAt", now.toString());
        }
      }
    }
    return dated;
  }

  private List<Refusal> refusals(Observation observation) {
    var refusals = new ArrayList<Refusal>();
    for (int i = 0; i < observation.consents().size(); i++) {
      int index = i;
      purposes
          .refusal(observation.consents().get(i))
          .ifPresent(why -> refusals.add(new Refusal("/consents/" + index, why)));
    }
    return refusals;
  }

  private Outcome commit(
      Connection connection,
      SourceKey anchor,
      Logged logged,
      Observation observation,
      Beside beside)
      throws SQLException {
    var now = logged.receivedAt();
    var customer = own.lockCustomer(connection, anchor);
    if (customer == null || !beside.holds(connection, customer, now)) {
      return new Unknown();
    }
    var record = own.of(connection, anchor, customer, now);
    var item = new ReadObservations.Item(logged, of(observation, record), null, true);
    steps.runAtOnce(connection, item, now);
    return new Done(customer, record, now);
  }

  private static Observation of(Observation o, SourceKey key) {
    return new Observation(
        key,
        o.kind(),
        o.changedAt(),
        o.customer(),
        o.stated(),
        o.consents(),
        o.preferences(),
        o.interactions());
  }
}
