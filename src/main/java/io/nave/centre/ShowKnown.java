package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.Spoke;
import io.nave.sync.Spokes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which systems know the customer as she is now, by their deliveries. */
@ApplicationScoped
class ShowKnown {
  private static final String YES = "yes";
  private static final String WAITING = "waiting";
  private static final String FAILED = "failed";

  private final Spokes spokes;
  private final CentreConfig config;

  ShowKnown(Spokes spokes, CentreConfig config) {
    this.spokes = spokes;
    this.config = config;
  }

  /** Null where no system is told of her. */
  KnownView of(Visit visit) {
    var states = states(visit);
    if (states.isEmpty()) {
      return null;
    }
    var w = visit.wording();
    var systems = new ArrayList<KnownView.System>();
    states.forEach(
        (spoke, state) ->
            systems.add(
                new KnownView.System(
                    w.title(config.source(spoke).title(), spoke), state, w.say("known." + state))));
    int known = (int) states.values().stream().filter(YES::equals).count();
    int all = states.size();
    var text =
        known == all
            ? w.say("known.all", "all", all)
            : w.say("known.count", "all", all, "known", known);
    var address = visit.path() + "/known?lang=" + w.code();
    return new KnownView(w, known, all, text, states.containsValue(WAITING), address, systems);
  }

  /** By spoke; the worst of its records. */
  private TreeMap<String, String> states(Visit visit) {
    long version = visit.customer().path("version").asLong();
    var receiving = spokes.receiving().stream().map(Spoke::name).collect(Collectors.toSet());
    var states = new TreeMap<String, String>();
    var seen = new HashMap<String, JsonNode>();
    for (var delivery : visit.customer().path("deliveries")) {
      seen.put(
          delivery.path("spoke").asText() + ":" + delivery.path("recordId").asText(), delivery);
    }
    for (var record : visit.customer().path("sourceRecords")) {
      var spoke = record.path("spoke").asText();
      if (receiving.contains(spoke) && !record.path("deleted").asBoolean()) {
        var delivery = seen.get(spoke + ":" + record.path("recordId").asText());
        var state = state(delivery, version);
        if (state != null) {
          states.merge(spoke, state, (a, b) -> a.equals(YES) ? b : a);
        }
      }
    }
    return states;
  }

  /** Null where the system cannot hold her. */
  private static String state(JsonNode delivery, long version) {
    if (delivery == null) {
      return WAITING;
    }
    var state = delivery.path("state").asText();
    if (state.equals("failed")) {
      return FAILED;
    }
    if (state.equals("not-held") && delivery.path("wanted").asLong() >= version) {
      return null;
    }
    return delivery.path("version").asLong() >= version ? YES : WAITING;
  }
}
