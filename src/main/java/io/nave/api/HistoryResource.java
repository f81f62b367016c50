package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.sync.CustomerHistory;
import io.nave.sync.CustomerHistory.Version;
import io.nave.sync.Difference;
import io.nave.sync.PinAttributes;
import io.nave.sync.StoredPin;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the hub held to be true of a customer, and what changed when. */
@Path("/api")
@Tag(name = "history")
@Produces("application/json")
@Blocking
public class HistoryResource {
  private static final int MOST = 1000;
  private static final String TIME_OR_VERSION =
      " (expected: a version, or a time with an offset such as 2026-01-02T03:04:05Z)";

  private final CustomerHistory history;
  private final PinAttributes pins;

  HistoryResource(CustomerHistory history, PinAttributes pins) {
    this.history = history;
    this.pins = pins;
  }

  /** Newest first; {@code before} is the version to go on from. */
  @GET
  @Path("/customers/{id}/history")
  @Operation(summary = "The versions of a customer: when, what changed, from where, and by whom")
  public Response versions(
      @PathParam("id") String id,
      @QueryParam("limit") Integer limit,
      @QueryParam("before") Long before) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    int most = limit == null ? 100 : limit;
    if (most < 1 || most > MOST) {
      return Problem.of(400, "Not a number", "limit: " + most + " (expected: 1 to " + MOST + ")");
    }
    long end = before == null ? Long.MAX_VALUE : before;
    var versions = history.before(customer, end, most + 1);
    if (versions.isEmpty() && before == null) {
      return Problem.of(404, "No such customer", "id: " + id);
    }
    var stored = pins.of(customer).orElse(List.of());
    var answer = JsonNodeFactory.instance.objectNode().put("customerId", id);
    var list = answer.putArray("versions");
    for (int i = 0; i < Math.min(most, versions.size()); i++) {
      var older = i + 1 < versions.size() ? versions.get(i + 1) : null;
      list.add(version(older, versions.get(i), stored));
    }
    return Response.ok(answer.toString()).build();
  }

  private static ObjectNode version(Version before, Version version, List<StoredPin> pins) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("version", version.number());
    node.put("at", version.at().toString());
    var changes = Difference.between(before, version);
    var by = new LinkedHashSet<JsonNode>();
    changes.forEach(change -> change.origins().forEach(origin -> by.add(who(origin))));
    node.putArray("by").addAll(by);
    var decided = node.putArray("pins");
    pins.forEach(pin -> Steps.of(pin, version.at()).ifPresent(decided::add));
    node.set("changed", Changes.json(changes));
    return node;
  }

  private static ObjectNode who(JsonNode origin) {
    var who = JsonNodeFactory.instance.objectNode();
    return who.put("spoke", origin.path("spoke").asText())
        .put("recordId", origin.path("recordId").asText());
  }

  /** From the first to the second; either may be a version or a time. */
  @GET
  @Path("/customers/{id}/diff")
  @Operation(summary = "What differs between two moments or versions, attribute by attribute")
  public Response diff(
      @PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    for (var given : new String[] {from, to}) {
      if (given == null || !isVersion(given) && Parameters.time(given) == null) {
        return Problem.of(400, "Not a moment", "from, to: " + given + TIME_OR_VERSION);
      }
    }
    var before = at(customer, from);
    var after = at(customer, to);
    if (after.isEmpty() || before.isEmpty() && isVersion(from)) {
      return Problem.of(404, "No such version", "id, from, to: nothing is known then");
    }
    var answer = JsonNodeFactory.instance.objectNode().put("customerId", id);
    answer.set("from", before.map(HistoryResource::head).orElse(null));
    answer.set("to", head(after.get()));
    answer.set("changed", Changes.json(Difference.between(before.orElse(null), after.get())));
    return Response.ok(answer.toString()).build();
  }

  private static ObjectNode head(Version version) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", version.number())
        .put("at", version.at().toString());
  }

  private static boolean isVersion(String given) {
    return given.matches("\\d{1,18}");
  }

  private Optional<Version> at(UUID customer, String given) {
    return isVersion(given)
        ? history.version(customer, Long.parseLong(given))
        : history.asOf(customer, Parameters.time(given));
  }

  /** What a steward did at the time of a version. */
  private static final class Steps {
    static Optional<ObjectNode> of(StoredPin pin, Instant at) {
      boolean retracted = at.equals(pin.retractedAt());
      if (!retracted && !at.equals(pin.at())) {
        return Optional.empty();
      }
      return Optional.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("attribute", pin.attribute())
              .put("step", retracted ? "retracted" : "pinned")
              .put("by", retracted ? pin.retractedBy() : pin.by())
              .put("reason", pin.reason()));
    }
  }
}
