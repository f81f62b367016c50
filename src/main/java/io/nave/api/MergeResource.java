package io.nave.api;

import io.nave.sync.Merge;
import io.nave.sync.Unmerge;
import io.nave.sync.Why;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Merges and unmerges customers, and says why records are together. */
@Path("/api")
@Tag(name = "stewards")
@Produces("application/json")
@Blocking
public class MergeResource {
  private final Merge merge;
  private final Unmerge unmerge;
  private final Why why;

  MergeResource(Merge merge, Unmerge unmerge, Why why) {
    this.merge = merge;
    this.unmerge = unmerge;
    this.why = why;
  }

  @POST
  @Path("/customers/{id}/merge")
  @Consumes("application/json")
  @Operation(summary = "Makes this customer and another one the same; the older id stays")
  public Response merge(
      @PathParam("id") String id, InputStream body, @Context SecurityContext security) {
    var customer = Answers.uuid(id);
    if (customer == null) {
      return Answers.notAnId(id);
    }
    return Answers.read(
        body,
        node -> {
          var fields = new Fields(node, 0);
          var with = fields.id("with");
          var reason = fields.optionalText("reason");
          return Answers.of(
              fields.mistakes().isEmpty()
                  ? merge.merge(customer, with, reason, Answers.by(security))
                  : fields.refused());
        });
  }

  @POST
  @Path("/customers/{id}/unmerge")
  @Consumes("application/json")
  @Operation(summary = "Takes records out of this customer; they become what they were")
  public Response unmerge(
      @PathParam("id") String id, InputStream body, @Context SecurityContext security) {
    var customer = Answers.uuid(id);
    if (customer == null) {
      return Answers.notAnId(id);
    }
    return Answers.read(
        body,
        node -> {
          var fields = new Fields(node, 0);
          var records = fields.records("record", "records");
          var reason = fields.optionalText("reason");
          return Answers.of(
              fields.mistakes().isEmpty()
                  ? unmerge.unmerge(customer, records, reason, Answers.by(security))
                  : fields.refused());
        });
  }

  @GET
  @Path("/customers/{id}/why")
  @Operation(summary = "Every link of a customer's records, with evidence and decisions")
  public Response why(@PathParam("id") String id) {
    var customer = Answers.uuid(id);
    if (customer == null) {
      return Answers.notAnId(id);
    }
    return why.customer(customer)
        .map(found -> Response.ok(found).build())
        .orElseGet(() -> Problem.of(404, "No such customer", "id: " + id));
  }

  @GET
  @Path("/why")
  @Operation(summary = "What speaks for and against two records being one customer")
  public Response why(@QueryParam("a") String a, @QueryParam("b") String b) {
    var one = Answers.record(a);
    var other = Answers.record(b);
    if (one == null || other == null || one.equals(other)) {
      return Problem.of(
          400, "Not two records", "a: " + a + ", b: " + b + " (expected: spoke:recordId, twice)");
    }
    return why.pair(one, other)
        .map(found -> Response.ok(found).build())
        .orElseGet(() -> Problem.of(404, "No such record", "a: " + a + ", b: " + b));
  }
}
