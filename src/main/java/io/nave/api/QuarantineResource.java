package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.ObservationLog.LogUnavailable;
import io.nave.sync.Quarantined;
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

/** Messages that could not be understood. */
@Path("/api/quarantine")
@Tag(name = "operators")
@Produces("application/json")
@Blocking
public class QuarantineResource {
  private final Quarantined quarantined;
  private final Waiting waiting;

  QuarantineResource(Quarantined quarantined, Waiting waiting) {
    this.quarantined = quarantined;
    this.waiting = waiting;
  }

  /** {@code next} is what {@code after} of the next page is; it is absent on the last one. */
  @GET
  @Operation(summary = "Messages in quarantine, by cause and one by one, with their payload")
  public Response list(
      @QueryParam("spoke") String spoke,
      @QueryParam("cause") String cause,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 0 || limit > Choices.MOST) {
      return Choices.notALimit(limit);
    }
    var items = quarantined.list(Selection.of(spoke, null, cause), after, limit);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("causes", waiting.invalidMessages());
    answer.put("items", items);
    if (limit > 0 && items.size() == limit) {
      answer.put("next", items.get(limit - 1).id());
    }
    return Response.ok(answer).build();
  }

  /**
   * {@code {"spoke", "cause", "id"}}, or {@code {"all": true}}; {@code "dryRun"}. With {@code "id"}
   * also {@code "payload"}: what is taken in instead.
   */
  @POST
  @Path("/retry")
  @Consumes("application/json")
  @Operation(summary = "Takes messages in again, as they are or corrected")
  public Response retry(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> retry(node, Answers.by(security)));
  }

  private Response retry(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var choice = Choices.read(fields, "id");
    var payload = fields.optionalJson("payload");
    long id = id(fields, choice, payload != null);
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    if (choice.dryRun()) {
      var n = quarantined.count(choice.which());
      return Response.ok(Map.of("dryRun", true, "messages", n)).build();
    }
    try {
      var done =
          payload == null
              ? quarantined.retry(choice.which(), by)
              : quarantined.correct(id, payload.toString(), by);
      return done == null
          ? Problem.of(404, "Not found", "id: " + id + " (expected: a message in quarantine)")
          : Response.ok(done).build();
    } catch (LogUnavailable unavailable) {
      return Problem.of(503, "Try again later", "the log cannot take them now; they stay");
    }
  }

  private static long id(Fields fields, Choices choice, boolean corrected) {
    var id = choice.which().one();
    if (id != null && !id.matches("[0-9]{1,18}")) {
      fields.mistake("/id", id, "the id of a message, as text");
      return 0;
    }
    if (corrected && id == null) {
      fields.mistake("/payload", "for more than one message", "id beside it");
    }
    return id == null ? 0 : Long.parseLong(id);
  }

  /** As to take them in again, and with a {@code reason}; they are deleted. */
  @POST
  @Path("/discard")
  @Consumes("application/json")
  @Operation(summary = "Deletes messages, with a reason")
  public Response discard(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> discard(node, Answers.by(security)));
  }

  private Response discard(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var choice = Choices.read(fields, "id");
    var reason = choice.dryRun() ? fields.optionalText("reason") : fields.text("reason");
    id(fields, choice, false);
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    var which = choice.which();
    long n = choice.dryRun() ? quarantined.count(which) : quarantined.discard(which, reason, by);
    return Response.ok(Map.of("dryRun", choice.dryRun(), "messages", n)).build();
  }
}
