package io.nave.console;

import io.nave.sync.Decide;
import io.nave.sync.FindCustomers;
import io.nave.sync.Merge;
import io.nave.sync.StewardAnswer;
import io.nave.sync.Unmerge;
import io.nave.sync.Why;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Why the records of a customer are together; separates and merges. Works without scripts. */
@Page
@Path("/customers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WhyPage {
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private final Why why;
  private final FindCustomers customers;
  private final Merge merge;
  private final Unmerge unmerge;
  private final Decide decide;
  private final Clock clock;

  WhyPage(
      Why why, FindCustomers customers, Merge merge, Unmerge unmerge, Decide decide, Clock clock) {
    this.why = why;
    this.customers = customers;
    this.merge = merge;
    this.unmerge = unmerge;
    this.decide = decide;
    this.clock = clock;
  }

  /** 303 to the customer that this one was merged into. */
  @GET
  @Path("{id}/why")
  @Operation(hidden = true)
  public Response why(@PathParam("id") String id, @QueryParam("separated") String separated) {
    var uuid = CustomersPage.uuid(id);
    var found = uuid == null ? null : customers.byId(uuid).orElse(null);
    if (found == null) {
      return Response.status(404).entity(Templates.missing(id).render()).build();
    }
    if (found.redirectTo() != null) {
      return to(found.redirectTo(), "");
    }
    var explained = why.customer(uuid);
    if (explained.isEmpty()) {
      return Response.status(404).entity(Templates.missing(id).render()).build();
    }
    var other = separated != null && ID.matcher(separated).matches() ? separated : null;
    var view = ShowWhy.of(explained.get(), found.customer(), other, clock.instant());
    return Response.ok(Templates.why(view).render()).build();
  }

  @POST
  @Path("{id}/why/separate")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response separate(
      @PathParam("id") String id,
      @FormParam("record") String record,
      @FormParam("reason") String reason,
      @Context SecurityContext security) {
    var uuid = CustomersPage.uuid(id);
    var key = Steward.record(record);
    if (uuid == null || key == null) {
      return Steward.refused(400, List.of("record: missing"), List.of(), "/customers");
    }
    var answer = unmerge.unmerge(uuid, List.of(key), orNull(reason), Steward.by(security));
    if (!(answer instanceof StewardAnswer.Done done)) {
      return Steward.refused(answer, "/customers/" + uuid + "/why");
    }
    var other = done.customers().stream().filter(c -> !c.equals(uuid)).findFirst();
    return to(uuid, other.map(c -> "?separated=" + c).orElse(""));
  }

  /** The other customer's id, or the address of its page. */
  @POST
  @Path("{id}/why/merge")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response merge(
      @PathParam("id") String id,
      @FormParam("with") String with,
      @FormParam("reason") String reason,
      @Context SecurityContext security) {
    var uuid = CustomersPage.uuid(id);
    var other = ID.matcher(with == null ? "" : with);
    if (uuid == null || !other.find()) {
      var words = "with: no customer id (expected: an id, or the address of a customer's page)";
      var back = uuid == null ? "/customers" : "/customers/" + uuid + "/why";
      return Steward.refused(422, List.of(words), List.of(), back);
    }
    var answer =
        merge.merge(uuid, UUID.fromString(other.group()), orNull(reason), Steward.by(security));
    return answer instanceof StewardAnswer.Done done
        ? to(done.customers().get(0), "")
        : Steward.refused(answer, "/customers/" + uuid + "/why");
  }

  @POST
  @Path("decisions/retract")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response retract(
      @FormParam("decision") long decision,
      @FormParam("back") String back,
      @Context SecurityContext security) {
    var answer = decide.retract(decision, Steward.by(security));
    var to = back != null && back.matches("/(customers|review)[-/0-9a-zA-Z]*") ? back : "/review";
    return answer instanceof StewardAnswer.Done
        ? Response.seeOther(URI.create(to)).build()
        : Steward.refused(answer, to);
  }

  private static Response to(UUID customer, String rest) {
    return Response.seeOther(URI.create("/customers/" + customer + "/why" + rest)).build();
  }

  private static String orNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
