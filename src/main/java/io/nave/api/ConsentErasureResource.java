package io.nave.api;

import io.nave.sync.EraseConsents;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erases what is personal in the consent ledger, on a customer's request. */
@Path("/api/customers/{id}/consent-erasure")
@Tag(name = "consents")
@Produces("application/json")
@Blocking
public class ConsentErasureResource {
  private final EraseConsents erase;

  ConsentErasureResource(EraseConsents erase) {
    this.erase = erase;
  }

  /** Cannot be undone. Body: {@code {"reason": "request 17"}}, without personal data. */
  @POST
  @Consumes("application/json")
  @Operation(summary = "Destroys the evidence of a customer's consents; what was decided stays")
  public Response erase(
      @PathParam("id") String id, @Context SecurityContext security, InputStream body) {
    var uuid = Parameters.uuid(id);
    if (uuid == null) {
      return Parameters.notAnId(id);
    }
    return Answers.read(
        body,
        node -> {
          var fields = new Fields(node, 0);
          var reason = fields.text("reason");
          var mistakes = fields.mistakes();
          if (!mistakes.isEmpty()) {
            return Problem.of(422, "Nothing was done", mistakes.get(0).message(), mistakes);
          }
          return erase
              .erase(uuid, reason, Answers.by(security))
              .map(done -> Response.ok(done).build())
              .orElseGet(() -> Problem.of(404, "No such customer", "id: " + id));
        });
  }
}
