package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent;
import io.nave.canonical.Observation;
import io.nave.consent.ConsentFold;
import io.nave.consent.Purposes;
import io.nave.platform.Traces;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Checks observations and puts those that can be understood into the log. */
@ApplicationScoped
public class ReceiveObservations {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private final ObservationReader reader;
  private final ObservationLog log;
  private final Spokes spokes;
  private final Purposes purposes;
  private final Clock clock;
  private final Urgency urgency;

  ReceiveObservations(
      ObservationReader reader,
      ObservationLog log,
      Spokes spokes,
      Purposes purposes,
      Clock clock,
      Urgency urgency) {
    this.reader = reader;
    this.log = log;
    this.spokes = spokes;
    this.purposes = purposes;
    this.clock = clock;
    this.urgency = urgency;
  }

  /** Why one item was not accepted; {@code index} counts from 0. */
  public record RefusedItem(int index, String pointer, String message) {}

  /** How many were accepted, which means: are durable; and why the others were not. */
  public record Receipt(int accepted, List<RefusedItem> refused) {}

  /**
   * Receives items in their order.
   *
   * @throws ObservationLog.LogUnavailable where the log cannot take them now: nothing is lost and
   *     nothing half-done if all of them are sent again
   */
  public Receipt receive(List<JsonNode> items) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as Kafka keeps it
    var entries = new ArrayList<ObservationLog.Entry>(items.size());
    var spans = new ArrayList<Span>();
    var refused = new ArrayList<RefusedItem>();
    for (int i = 0; i < items.size(); i++) {
      var problems = problems(items.get(i), now, entries, spans);
      for (var problem : problems) {
        refused.add(new RefusedItem(i, problem.pointer(), problem.message()));
      }
    }
    Traces.during(spans, () -> log.append(entries));
    return new Receipt(entries.size(), refused);
  }

  private List<Refusal> problems(
      JsonNode item, Instant now, List<ObservationLog.Entry> entries, List<Span> spans) {
    var answer = reader.read(item, now);
    if (answer instanceof ObservationReader.Refused refused) {
      return refused.refusals();
    }
    var observation = ((ObservationReader.Read) answer).observation();
    var problems = problems(observation);
    problems.addAll(fromTheFuture(item, now));
    if (problems.isEmpty()) {
      var span = Traces.begin("observe").setAttribute(Traces.SPOKE, observation.key().spoke());
      spans.add(span);
      entries.add(entry(item, observation, now, span));
    }
    return problems;
  }

  private List<Refusal> problems(Observation observation) {
    var problems = new ArrayList<Refusal>();
    var spoke = observation.key().spoke();
    if (spoke.equals(Act.SPOKE)) {
      return List.of(
          new Refusal(
              "/spoke",
              "/spoke: \"" + spoke + "\" (expected: a spoke; this one is the customers' own)"));
    }
    if (!spokes.declared().contains(spoke)) {
      problems.add(
          new Refusal("/spoke", "/spoke: \"" + spoke + "\" (expected: one of " + declared() + ")"));
      return problems;
    }
    for (int i = 0; i < observation.consents().size(); i++) {
      int index = i;
      purposes
          .refusal(observation.consents().get(i))
          .ifPresent(why -> problems.add(new Refusal("/consents/" + index, why)));
    }
    return problems;
  }

  /** A yes from the future is refused; a no from there counts from now on. */
  private static List<Refusal> fromTheFuture(JsonNode item, Instant now) {
    var problems = new ArrayList<Refusal>();
    var consents = item.path("consents");
    for (int i = 0; i < consents.size(); i++) {
      var decidedAt = IsoTime.read(consents.get(i).path("decidedAt").textValue());
      var state = consents.get(i).path("state").asText();
      if (decidedAt != null
          && decidedAt.isAfter(now.plus(CLOCKS_DIFFER))
          && !ConsentFold.isStop(Consent.State.valueOf(state))) {
        var place = "/consents/" + i + "/decidedAt";
        problems.add(
            new Refusal(place, place + ": in the future (expected: a time that has been)"));
      }
    }
    return problems;
  }

  private String declared() {
    var names =
        spokes.declared().stream().filter(name -> !name.equals(Act.SPOKE)).sorted().toList();
    return names.isEmpty() ? "none is declared: configure a spoke" : String.join(", ", names);
  }

  private ObservationLog.Entry entry(
      JsonNode item, Observation observation, Instant now, Span span) {
    return new ObservationLog.Entry(
        observation.key().toString(),
        CanonicalJson.bytes(item),
        now,
        urgency.isUrgent(observation, now),
        Traces.of(span));
  }
}
