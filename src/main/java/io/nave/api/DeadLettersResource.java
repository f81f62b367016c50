package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.DeadLetters;
import io.nave.sync.Selection;
import io.nave.sync.Waiting;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deliveries that a system would not take. */
@Path("/api/dead-letters")
@Tag(name = "operators")
@Produces("application/json")
@Blocking
public class DeadLettersResource {
  private final DeadLetters letters;
  private final Waiting waiting;

  DeadLettersResource(DeadLetters letters, Waiting waiting) {
    this.letters = letters;
    this.waiting = waiting;
  }

  /** {@code next} is what {@code after} of the next page is; it is absent on the last one. */
  @GET
  @Operation(summary = "Dead letters, by cause and one by one, with what would be sent now")
  public Response list(
      @QueryParam("spoke") String spoke,
      @QueryParam("kind") String kind,
      @QueryParam("cause") String cause,
      @QueryParam("after") String after,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 0 || limit > Choices.MOST) {
      return Choices.notALimit(limit);
    }
    int at = after == null ? -1 : after.indexOf(':');
    if (after != null && at < 1) {
      return Problem.of(400, "Not a place in the list", "after: " + after + " (expected: next)");
    }
    var from =
        after == null ? null : new SourceKey(after.substring(0, at), after.substring(at + 1));
    var items = letters.list(Selection.of(spoke, kind, cause), from, limit);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("causes", waiting.deadLetters());
    answer.put("items", items);
    if (limit > 0 && items.size() == limit) {
      var last = items.get(limit - 1);
      answer.put("next", last.spoke() + ":" + last.target());
    }
    return Response.ok(answer).build();
  }

  /** {@code {"spoke", "kind", "cause", "target"}}, or {@code {"all": true}}; {@code "dryRun"}. */
  @POST
  @Path("/retry")
  @Consumes("application/json")
  @Operation(summary = "Tries dead letters again: one, those of a cause or a system, or all")
  public Response retry(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> retry(node, Answers.by(security)));
  }

  private Response retry(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var choice = Choices.read(fields, "target");
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    var which = choice.which();
    long n = choice.dryRun() ? letters.count(which) : letters.retry(which, by);
    return Response.ok(Map.of("dryRun", choice.dryRun(), "deliveries", n)).build();
  }

  /** As to try them again, and with a {@code reason}. */
  @POST
  @Path("/discard")
  @Consumes("application/json")
  @Operation(summary = "Gives dead letters up, with a reason")
  public Response discard(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> discard(node, Answers.by(security)));
  }

  private Response discard(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var choice = Choices.read(fields, "target");
    var reason = choice.dryRun() ? fields.optionalText("reason") : fields.text("reason");
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    var which = choice.which();
    long n = choice.dryRun() ? letters.count(which) : letters.discard(which, reason, by);
    return Response.ok(Map.of("dryRun", choice.dryRun(), "deliveries", n)).build();
  }
}
