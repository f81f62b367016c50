package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.Decide;
import io.nave.sync.StewardAnswer;
import io.nave.sync.StewardAnswer.Mistake;
import io.nave.sync.StewardDecisions;
import io.nave.sync.Wish;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stewards' decisions about pairs of records. */
@Path("/api")
@Tag(name = "stewards")
@Produces("application/json")
@Blocking
public class DecisionsResource {
  private static final int MOST = 1000;

  private final Decide decide;
  private final StewardDecisions decisions;

  DecisionsResource(Decide decide, StewardDecisions decisions) {
    this.decide = decide;
    this.decisions = decisions;
  }

  @POST
  @Path("/match-decisions")
  @Consumes("application/json")
  @Operation(summary = "Says that two records are the same customer, or that they are not")
  @APIResponse(responseCode = "200", description = "Done: the records are matched anew")
  @APIResponse(responseCode = "409", description = "Contradicts decisions, which are named")
  @APIResponse(responseCode = "422", description = "A mistake or an unknown record, with pointer")
  public Response decide(InputStream body, @Context SecurityContext security) {
    return Answers.read(
        body,
        node -> {
          var items = node.isArray() ? node : List.of(node);
          var wishes = new ArrayList<Wish>();
          var mistakes = new ArrayList<Mistake>();
          for (var item : items) {
            wishes.add(wish(item, wishes.size(), mistakes));
          }
          if (wishes.isEmpty() || wishes.size() > MOST) {
            var words = "decisions: " + wishes.size() + " (expected: 1 to " + MOST + ")";
            return Answers.of(StewardAnswer.refused(0, "", words));
          }
          return Answers.of(
              mistakes.isEmpty()
                  ? decide.decide(wishes, Answers.by(security))
                  : new StewardAnswer.Refused(mistakes));
        });
  }

  private static Wish wish(JsonNode item, int index, List<Mistake> mistakes) {
    var fields = new Fields(item, index);
    var wish =
        new Wish(
            fields.record("a"),
            fields.record("b"),
            fields.yesOrNo("same"),
            fields.optionalText("reason"));
    mistakes.addAll(fields.mistakes());
    return wish;
  }

  @GET
  @Path("/match-decisions")
  @Operation(summary = "Decisions, newest first; also retracted ones with standing=false")
  public Response list(
      @QueryParam("record") String record,
      @QueryParam("customer") String customer,
      @QueryParam("standing") @DefaultValue("true") boolean standing,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    var key = Answers.record(record);
    var id = customer == null ? null : Answers.uuid(customer);
    if (record != null && key == null) {
      return Problem.of(400, "Not a record", "record: " + record + " (expected: spoke:recordId)");
    }
    if (customer != null && id == null) {
      return Answers.notAnId(customer);
    }
    return Response.ok(Map.of("decisions", decisions.list(key, id, standing, before, limit)))
        .build();
  }

  @DELETE
  @Path("/match-decisions/{id}")
  @Operation(summary = "Retracts a decision: the rules count again. It is kept")
  public Response retract(@PathParam("id") long id, @Context SecurityContext security) {
    return Answers.of(decide.retract(id, Answers.by(security)));
  }
}
