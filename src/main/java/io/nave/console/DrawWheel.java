package io.nave.console;

import io.nave.connectors.ConnectorDescriptor;
import io.nave.connectors.ConnectorsInUse;
import io.nave.sync.HubStatus.DeliveryCounts;
import io.nave.sync.HubStatus.Status;
import io.nave.sync.Spoke;
import io.nave.sync.Spokes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Draws the wheel from the last samples. */
@ApplicationScoped
class DrawWheel {
  private final Pulse pulse;
  private final Spokes spokes;
  private final ConnectorsInUse connectors;

  DrawWheel(Pulse pulse, Spokes spokes, ConnectorsInUse connectors) {
    this.pulse = pulse;
    this.spokes = spokes;
    this.connectors = connectors;
  }

  WheelView now() {
    var samples = pulse.watch();
    var newest = samples.newest();
    return new WheelView(
        newest,
        newest == null ? List.of() : spokes(samples, newest.status().deliveries()),
        Flow.of(samples.rate(status -> status.observations().reconciled())),
        Flow.of(samples.rate(Samples::delivered)),
        Chart.of(samples.all()),
        pulse.trouble());
  }

  private List<SpokeView> spokes(Samples samples, Map<String, DeliveryCounts> counts) {
    var receiving = spokes.receiving().stream().map(Spoke::name).collect(Collectors.toSet());
    var views = new ArrayList<SpokeView>();
    for (var spoke : counts.entrySet()) {
      var place = Place.of(views.size(), counts.size());
      views.add(view(samples, spoke.getKey(), spoke.getValue(), receiving, place));
    }
    return views;
  }

  private SpokeView view(
      Samples samples, String name, DeliveryCounts counts, Set<String> receiving, Place place) {
    var connector = connectors.of(name);
    return new SpokeView(
        name,
        connector.map(ConnectorDescriptor::title).orElse(name),
        connector.map(ConnectorDescriptor::category).orElse(null),
        receiving.contains(name),
        flow(samples, name, DeliveryCounts::observed),
        flow(samples, name, DeliveryCounts::delivered),
        counts,
        place);
  }

  private static Flow flow(Samples samples, String spoke, ToLongFunction<DeliveryCounts> count) {
    ToLongFunction<Status> ofSpoke = Samples.of(spoke, count);
    return Flow.of(samples.rate(ofSpoke));
  }
}
