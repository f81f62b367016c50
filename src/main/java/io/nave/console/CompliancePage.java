package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.ComplianceFile;
import io.nave.sync.WhoKnows;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The compliance file of a customer, to read and to print. */
@Page
@Path("/customers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CompliancePage {
  private final WhoKnows whoKnows;
  private final ComplianceFile file;
  private final Clock clock;

  CompliancePage(WhoKnows whoKnows, ComplianceFile file, Clock clock) {
    this.whoKnows = whoKnows;
    this.file = file;
    this.clock = clock;
  }

  /** {@code day} is the whole of that day, in UTC. */
  @GET
  @Path("{id}/compliance")
  @Operation(hidden = true)
  public Response compliance(@PathParam("id") String id, @QueryParam("day") String day) {
    UUID uuid = CustomersPage.uuid(id);
    var given = day == null || day.isBlank() ? null : day;
    var asOf = given == null ? null : endOf(given);
    var found =
        uuid == null || given != null && asOf == null ? null : file.of(uuid, asOf).orElse(null);
    if (found == null) {
      return page(404, Templates.missing(id));
    }
    var now = clock.instant();
    var matrix = MatrixView.of(whoKnows.of(id(found)), now);
    return page(
        200,
        Templates.compliance(ComplianceView.of(found, given == null ? "" : given, matrix, now)));
  }

  /** A merged customer has the file of the other one. */
  private static UUID id(JsonNode file) {
    return UUID.fromString(file.path("customerId").asText());
  }

  private static Instant endOf(String day) {
    try {
      return LocalDate.parse(day)
          .plusDays(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant()
          .minusMillis(1);
    } catch (DateTimeParseException wrong) {
      return null;
    }
  }

  private static Response page(int status, TemplateInstance page) {
    return Response.status(status).entity(page.render()).build();
  }
}
