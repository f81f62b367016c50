package io.nave.console;

import io.nave.sync.Act;
import io.nave.sync.Pauses;
import io.nave.sync.ReplayCustomers;
import io.nave.sync.Spokes;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How each system does, and what operators do to it. Works without scripts. */
@Page
@Path("/operations")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class OperationsPage {
  private static final int LONGEST_REASON = 2000;

  private final ShowOperations show;
  private final Spokes spokes;
  private final Pauses pauses;
  private final ReplayCustomers replays;

  OperationsPage(ShowOperations show, Spokes spokes, Pauses pauses, ReplayCustomers replays) {
    this.replays = replays;
    this.show = show;
    this.spokes = spokes;
    this.pauses = pauses;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page() {
    return Templates.operations(show.now());
  }

  /** The part that changes: asked for every five seconds. */
  @GET
  @Path("live")
  @Operation(hidden = true)
  public TemplateInstance live() {
    return Templates.operations$live(show.now());
  }

  @POST
  @Path("pause")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response pause(
      @FormParam("spoke") String spoke,
      @FormParam("reason") String reason,
      @Context SecurityContext security) {
    if (!isSystem(spoke)) {
      return unknown(spoke);
    }
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      return refused(400, "reason: missing or too long (expected: up to 2000 characters)");
    }
    pauses.pause(spoke, reason.strip(), Steward.by(security));
    return back();
  }

  @POST
  @Path("resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response resume(@FormParam("spoke") String spoke, @Context SecurityContext security) {
    if (!isSystem(spoke)) {
      return unknown(spoke);
    }
    pauses.resume(spoke, Steward.by(security));
    return back();
  }

  /** Pauses, resumes or cancels a replay; one that is over meanwhile stays as it is. */
  @POST
  @Path("replay/{act: pause|resume|cancel}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response replay(
      @PathParam("act") String act, @FormParam("id") String id, @Context SecurityContext security) {
    if (id == null || !id.matches("[0-9]{1,18}")) {
      return refused(400, "id: " + id + " (expected: the number of a replay)");
    }
    long replay = Long.parseLong(id);
    var by = Steward.by(security);
    switch (act) {
      case "pause" -> replays.pause(replay, by);
      case "resume" -> replays.resume(replay, by);
      default -> replays.cancel(replay, by);
    }
    return back();
  }

  private boolean isSystem(String spoke) {
    return spoke != null && !spoke.equals(Act.SPOKE) && spokes.declared().contains(spoke);
  }

  private Response unknown(String spoke) {
    var names = spokes.declared().stream().filter(this::isSystem).sorted().toList();
    return refused(404, "spoke: " + spoke + " (expected: one of " + String.join(", ", names) + ")");
  }

  private static Response refused(int status, String what) {
    return Steward.refused(status, List.of(what), List.of(), "/operations");
  }

  private static Response back() {
    return Response.seeOther(URI.create("/operations")).build();
  }
}
