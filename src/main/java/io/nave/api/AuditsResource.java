package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.AuditSpokes;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What systems really hold, beside what they should. */
@Path("/api/audits")
@Tag(name = "operators")
@Produces("application/json")
@Blocking
public class AuditsResource {
  private final AuditSpokes audits;

  AuditsResource(AuditSpokes audits) {
    this.audits = audits;
  }

  /** {@code {"spoke"}}. */
  @POST
  @Consumes("application/json")
  @Operation(summary = "Reads all records of a system and compares them; changes nothing")
  public Response begin(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> begin(node, Answers.by(security)));
  }

  private Response begin(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var spoke = fields.text("spoke");
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    var answer = audits.begin(spoke, by);
    return answer.refusal() == null
        ? Response.status(202).entity(answer.audit()).build()
        : Problem.of(409, "Nothing was begun", answer.refusal());
  }

  @GET
  @Operation(summary = "The latest audits, of all systems or of one")
  public Map<String, Object> list(@QueryParam("spoke") String spoke) {
    return Map.of("items", audits.latest(spoke));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One audit: how far it is, and what it found")
  public Response one(@PathParam("id") String id) {
    return audits.of(number(id)).map(one -> Response.ok(one).build()).orElseGet(() -> notFound(id));
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(summary = "Ends an audit where it is")
  public Response cancel(@PathParam("id") String id) {
    if (audits.of(number(id)).isEmpty()) {
      return notFound(id);
    }
    return audits.cancel(number(id))
        ? one(id)
        : Problem.of(409, "Nothing was done", "audit: over (expected: one that runs)");
  }

  /** The answer is the replay that writes what differs. */
  @POST
  @Path("/{id}/repair")
  @Operation(summary = "Puts right what an audit found")
  public Response repair(@PathParam("id") String id, @Context SecurityContext security) {
    if (audits.of(number(id)).isEmpty()) {
      return notFound(id);
    }
    var begun = audits.repair(number(id), Answers.by(security));
    return begun.refusal() == null
        ? Response.status(202).entity(Map.of("replay", begun.replay())).build()
        : Problem.of(409, "Nothing was repaired", begun.refusal());
  }

  private static long number(String id) {
    return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : -1;
  }

  private static Response notFound(String id) {
    return Problem.of(404, "Not found", "audit: " + id + " (expected: one of /api/audits)");
  }
}
