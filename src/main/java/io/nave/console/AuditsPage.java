package io.nave.console;

import io.nave.sync.Audit;
import io.nave.sync.AuditSpokes;
import io.nave.sync.Spoke;
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
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What audits found, system by system, and how that went on. Works without scripts. */
@Page
@Path("/audits")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AuditsPage {
  private final AuditSpokes audits;
  private final Spokes spokes;
  private final Clock clock;

  AuditsPage(AuditSpokes audits, Spokes spokes, Clock clock) {
    this.audits = audits;
    this.spokes = spokes;
    this.clock = clock;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page() {
    var bySpoke =
        audits.latest(null).stream()
            .collect(Collectors.groupingBy(Audit::spoke, LinkedHashMap::new, Collectors.toList()));
    var views =
        bySpoke.entrySet().stream()
            .map(one -> AuditView.of(one.getKey(), one.getValue(), clock.instant()))
            .toList();
    var readable = spokes.receiving().stream().filter(Spoke::reads).map(Spoke::name).toList();
    return Templates.audits(views, readable);
  }

  @GET
  @Path("{id}")
  @Operation(hidden = true)
  public Response one(@PathParam("id") String id) {
    var audit = id.matches("[0-9]{1,18}") ? audits.of(Long.parseLong(id)).orElse(null) : null;
    return audit == null
        ? Response.seeOther(URI.create("/audits")).build()
        : Response.ok(Templates.audit(AuditView.of(audit.spoke(), List.of(audit), clock.instant())))
            .build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response begin(@FormParam("spoke") String spoke, @Context SecurityContext security) {
    return answered(audits.begin(spoke, Steward.by(security)).refusal(), "/audits");
  }

  @POST
  @Path("{id}/repair")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response repair(@PathParam("id") String id, @Context SecurityContext security) {
    long number = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : -1;
    return answered(audits.repair(number, Steward.by(security)).refusal(), "/operations");
  }

  private static Response answered(String refusal, String next) {
    return refusal == null
        ? Response.seeOther(URI.create(next)).build()
        : Steward.refused(409, List.of(refusal), List.of(), "/audits");
  }
}
