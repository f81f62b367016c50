package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.OperatorActs;
import io.nave.sync.Pauses;
import io.nave.sync.Spokes;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What operators may do to a connected system. */
@Path("/api")
@Tag(name = "operators")
@Produces("application/json")
@Blocking
public class SpokesResource {
  private static final int ACTS = 200;
  private final Spokes spokes;
  private final Pauses pauses;
  private final OperatorActs acts;

  SpokesResource(Spokes spokes, Pauses pauses, OperatorActs acts) {
    this.spokes = spokes;
    this.pauses = pauses;
    this.acts = acts;
  }

  /** {@code {"reason"}}. */
  @POST
  @Path("/spokes/{spoke}/pause")
  @Consumes("application/json")
  @Operation(summary = "Pauses a system: it is not read and not written to until it is resumed")
  public Response pause(
      @PathParam("spoke") String spoke, InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> pause(spoke, node, Answers.by(security)));
  }

  private Response pause(String spoke, JsonNode node, String by) {
    if (!spokes.declared().contains(spoke)) {
      return unknown(spoke);
    }
    var fields = new Fields(node, 0);
    var reason = fields.text("reason");
    return fields.mistakes().isEmpty()
        ? Response.ok(pauses.pause(spoke, reason, by)).build()
        : Answers.of(fields.refused());
  }

  @POST
  @Path("/spokes/{spoke}/resume")
  @Operation(summary = "Resumes a system that was paused")
  public Response resume(@PathParam("spoke") String spoke, @Context SecurityContext security) {
    return spokes.declared().contains(spoke)
        ? Response.ok(Map.of("resumed", pauses.resume(spoke, Answers.by(security)))).build()
        : unknown(spoke);
  }

  private Response unknown(String spoke) {
    var names = String.join(", ", spokes.declared().stream().sorted().toList());
    return Problem.of(404, "Not found", "spoke: " + spoke + " (expected: one of " + names + ")");
  }

  @GET
  @Path("/operator-acts")
  @Operation(summary = "What operators did lately, who and why")
  public Map<String, Object> acts() {
    return Map.of("items", acts.latest(ACTS));
  }
}
