package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.sync.CustomerHistory;
import io.nave.sync.FindCustomers;
import io.nave.sync.HubStatus;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads customers, links and the hub's state. */
@Path("/api")
@Tag(name = "customers")
@Produces("application/json")
@Blocking
public class CustomersResource {
  private final FindCustomers customers;
  private final CustomerHistory history;
  private final HubStatus status;

  CustomersResource(FindCustomers customers, CustomerHistory history, HubStatus status) {
    this.customers = customers;
    this.history = history;
    this.status = status;
  }

  /**
   * 301 to the customer that this one was merged into. Nobody may keep that answer: an unmerge
   * brings the id back.
   */
  @GET
  @Path("/customers/{id}")
  @Operation(summary = "A customer: golden record, lineage, source records, consents, deliveries")
  public Response customer(@PathParam("id") String id, @QueryParam("asOf") String asOf) {
    UUID uuid = Parameters.uuid(id);
    if (uuid == null) {
      return Parameters.notAnId(id);
    }
    return asOf == null ? now(id, uuid) : then(id, uuid, asOf);
  }

  private Response now(String id, UUID uuid) {
    var found = customers.byId(uuid);
    if (found.isEmpty()) {
      return Problem.of(404, "No such customer", "id: " + id);
    }
    var into = found.get().redirectTo();
    return into == null
        ? Response.ok(found.get().customer().toString()).build()
        : Response.status(301)
            .location(URI.create("/api/customers/" + into))
            .header("Cache-Control", "no-store")
            .entity(Map.of("customerId", uuid, "redirectTo", into))
            .build();
  }

  /** A customer that was merged later is what it was then. */
  private Response then(String id, UUID uuid, String asOf) {
    var time = Parameters.time(asOf);
    if (time == null) {
      return Problem.of(
          400,
          "Not a time",
          "asOf: " + asOf + " (expected: a time with an offset such as 2026-01-02T03:04:05Z)");
    }
    var found = history.asOf(uuid, time);
    if (found.isEmpty()) {
      return Problem.of(404, "No such customer then", "id: " + id + ", asOf: " + time);
    }
    var version = found.get();
    if (version.state().hasNonNull("mergedInto")) {
      var into = version.state().get("mergedInto").asText();
      return Response.status(302)
          .location(URI.create("/api/customers/" + into + "?asOf=" + time))
          .build();
    }
    var node = JsonNodeFactory.instance.objectNode();
    node.put("customerId", id).put("version", version.number()).put("asOf", time.toString());
    node.setAll((ObjectNode) version.state());
    node.put("updatedAt", version.at().toString()).set("lineage", version.lineage());
    return Response.ok(node.toString()).build();
  }

  @GET
  @Path("/customers")
  @Operation(summary = "Finds customers by e-mail, phone, or words of name and town")
  public Response search(
      @QueryParam("email") String email,
      @QueryParam("phone") String phone,
      @QueryParam("q") String words) {
    List<JsonNode> found;
    if (email != null) {
      found = customers.byEmail(email);
    } else if (phone != null) {
      found = customers.byPhone(phone);
    } else if (words != null) {
      found = customers.byWords(words);
    } else {
      return Problem.of(400, "Nothing to search for", "query: none (expected: email, phone or q)");
    }
    return Response.ok("{\"customers\":" + found + "}").build();
  }

  @GET
  @Path("/crosswalk")
  @Produces("application/x-ndjson")
  @Operation(summary = "All links, as NDJSON: spoke, recordId, customerId")
  public StreamingOutput crosswalk() {
    return customers::writeCrosswalk;
  }

  @GET
  @Path("/status")
  @Operation(summary = "How much was observed, reconciled and delivered")
  public HubStatus.Status status() {
    return status.now();
  }
}
