package io.nave.connectors;

import io.nave.connectors.LiveRoute.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.component.kamelet.KameletEndpoint;

/** The Camel routes of this instance, as they are now. */
@ApplicationScoped
public class LiveRoutes {
  private static final String SPOKE = "spoke";
  private static final String DELIVER = "nave-deliver";
  private static final List<Part> OF_THE_HUB = List.of(Part.RECONCILE, Part.PUBLISH, Part.NOTICE);

  private final CamelContext camel;
  private final ConfiguredSpokes spokes;

  LiveRoutes(CamelContext camel, ConfiguredSpokes spokes) {
    this.camel = camel;
    this.spokes = spokes;
  }

  /**
   * In the order of the flow, then by system and name. Kamelets that a route calls on its way are
   * parts of that route. Routes that Camel's management does not know are left out.
   */
  public List<LiveRoute> now() {
    var kamelets = kamelets();
    var live = new ArrayList<LiveRoute>();
    for (var route : camel.getRoutes()) {
      var kamelet = kamelets.get(route.getRouteId());
      var place = route.isCreatedByKamelet() ? ofAConnector(kamelet) : ofAFile(route);
      var counts = counts(route);
      if (place != null && counts != null) {
        live.add(live(route, place, counts));
      }
    }
    live.sort(
        Comparator.comparing(LiveRoute::part)
            .thenComparing(LiveRoute::spoke, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(LiveRoute::name));
    return live;
  }

  /** Which Kamelet, with which parameters, a route was made for. */
  private Map<String, KameletEndpoint> kamelets() {
    var kamelets = new HashMap<String, KameletEndpoint>();
    for (var endpoint : camel.getEndpoints()) {
      if (endpoint instanceof KameletEndpoint kamelet && spokeOf(kamelet) != null) {
        kamelets.put(kamelet.getRouteId(), kamelet);
      }
    }
    return kamelets;
  }

  /** Null for the ends within a Kamelet, which bear the id of its route as well. */
  private static String spokeOf(KameletEndpoint kamelet) {
    var parameters = kamelet.getKameletProperties();
    return parameters == null ? null : (String) parameters.get(SPOKE);
  }

  private record Place(String name, Part part, String spoke) {}

  private Place ofAFile(Route route) {
    var spoke = spokeOf(route);
    var part = spoke == null ? partOf(route.getRouteId()) : isOut(route) ? Part.OUT : Part.IN;
    return new Place(route.getRouteId(), part, spoke);
  }

  /** Null for what is no source and no sink. */
  private static Place ofAConnector(KameletEndpoint kamelet) {
    var name = kamelet == null ? "" : kamelet.getTemplateId();
    if (name.endsWith("-source")) {
      return new Place(name, Part.SOURCE, spokeOf(kamelet));
    }
    return name.endsWith("-sink") ? new Place(name, Part.SINK, spokeOf(kamelet)) : null;
  }

  /** Null where they are not known. */
  private ManagedRouteMBean counts(Route route) {
    var management = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
    return management == null ? null : management.getManagedRoute(route.getRouteId());
  }

  /** The system in whose file the route is; null where it is in a file of the hub. */
  private String spokeOf(Route route) {
    var place = String.valueOf(route.getSourceLocation());
    return spokes.connected().keySet().stream()
        .filter(spoke -> place.startsWith("file:" + spokes.routeFile(spoke) + ":"))
        .findFirst()
        .orElse(null);
  }

  private static boolean isOut(Route route) {
    return route.getEndpoint() instanceof KameletEndpoint kamelet
        && kamelet.getTemplateId().equals(DELIVER);
  }

  private static Part partOf(String id) {
    return OF_THE_HUB.stream()
        .filter(part -> id.startsWith(part.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(Part.ASIDE);
  }

  private LiveRoute live(Route route, Place place, ManagedRouteMBean counts) {
    long exchanges = counts.getExchangesTotal();
    return new LiveRoute(
        place.name(),
        place.part(),
        place.spoke(),
        route.getDescription(),
        camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted(),
        exchanges,
        counts.getExchangesFailed(),
        counts.getExchangesInflight(),
        exchanges == 0 ? null : Duration.ofMillis(Math.max(0, counts.getMeanProcessingTime())));
  }
}
