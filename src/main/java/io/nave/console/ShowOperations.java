package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.connectors.ConnectorDescriptor;
import io.nave.connectors.ConnectorsInUse;
import io.nave.console.OperationsView.Done;
import io.nave.console.OperationsView.Paused;
import io.nave.console.OperationsView.System;
import io.nave.sync.Act;
import io.nave.sync.Couriers;
import io.nave.sync.Figures.OfSpoke;
import io.nave.sync.HubStatus.DeliveryCounts;
import io.nave.sync.OperatorActs;
import io.nave.sync.Pauses;
import io.nave.sync.ReadFigures;
import io.nave.sync.ReplayCustomers;
import io.nave.sync.Spoke;
import io.nave.sync.Spokes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.ToLongFunction;

/** Gathers what the page of the systems shows. */
@ApplicationScoped
class ShowOperations {
  private static final int ACTS = 20;
  private static final int REPLAYS = 5;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ReadFigures figures;
  private final Pulse pulse;
  private final Spokes spokes;
  private final Pauses pauses;
  private final Couriers couriers;
  private final ConnectorsInUse connectors;
  private final OperatorActs acts;
  private final ReplayCustomers replays;
  private final Clock clock;

  ShowOperations(
      ReadFigures figures,
      Pulse pulse,
      Spokes spokes,
      Pauses pauses,
      Couriers couriers,
      ConnectorsInUse connectors,
      OperatorActs acts,
      ReplayCustomers replays,
      Clock clock) {
    this.figures = figures;
    this.pulse = pulse;
    this.spokes = spokes;
    this.pauses = pauses;
    this.couriers = couriers;
    this.connectors = connectors;
    this.acts = acts;
    this.replays = replays;
    this.clock = clock;
  }

  /** The systems but the hub's own, by name. */
  OperationsView now() {
    var samples = pulse.watch();
    var receiving = spokes.receiving().stream().map(Spoke::name).toList();
    var systems = new ArrayList<System>();
    figures
        .ofSpokes()
        .forEach(
            (spoke, ofSpoke) -> {
              if (!spoke.equals(Act.SPOKE)) {
                systems.add(system(spoke, ofSpoke, receiving.contains(spoke), samples));
              }
            });
    var done = acts.latest(ACTS).stream().map(act -> done(act, clock.instant())).toList();
    var latest =
        replays.latest().stream()
            .limit(REPLAYS)
            .map(one -> ReplayView.of(one, clock.instant()))
            .toList();
    return new OperationsView(systems, latest, done, pulse.trouble());
  }

  private System system(String spoke, OfSpoke ofSpoke, boolean receives, Samples samples) {
    var now = clock.instant();
    var connector = connectors.of(spoke);
    var budget = couriers.budget(spoke);
    return new System(
        spoke,
        connector.map(ConnectorDescriptor::title).orElse(spoke),
        connector.map(ConnectorDescriptor::category).orElse(null),
        receives,
        pauses
            .of(spoke)
            .map(pause -> new Paused(pause.by(), pause.reason(), Moment.of(pause.since(), now)))
            .orElse(null),
        couriers.downBecause(spoke),
        ofSpoke.unreadBecause(),
        Moment.of(ofSpoke.unreadSince(), now),
        reader(ofSpoke.reader()),
        Numbers.whole(ofSpoke.due()),
        Moment.of(ofSpoke.oldest(), now),
        aMinute(samples, spoke, DeliveryCounts::observed),
        aMinute(samples, spoke, DeliveryCounts::delivered),
        Numbers.whole(ofSpoke.dead()),
        budget.map(one -> Numbers.whole(one.used())).orElse(null),
        budget.filter(one -> one.limit() > 0).map(one -> Numbers.whole(one.limit())).orElse(null),
        budget.map(one -> Moment.of(one.waitsUntil(), now)).orElse(null));
  }

  private static String aMinute(
      Samples samples, String spoke, ToLongFunction<DeliveryCounts> count) {
    double perSecond = samples.rate(Samples.of(spoke, count), MINUTE);
    return Numbers.whole(Math.round(perSecond * MINUTE.toSeconds()));
  }

  private static Done done(OperatorActs.Act act, Instant now) {
    return new Done(
        Moment.of(act.at(), now),
        act.who(),
        act.act(),
        words(act.what()),
        Numbers.whole(act.n()),
        act.reason());
  }

  /** {@code spoke: crm, kind: PERMANENT}. */
  private static String words(JsonNode what) {
    var words = new ArrayList<String>();
    what.properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                words.add(field.getKey() + ": " + field.getValue().asText());
              }
            });
    return String.join(", ", words);
  }

  /** Process and machine, without what tells its starts apart. */
  private static String reader(String instance) {
    return instance == null ? null : instance.split(" ")[0];
  }
}
