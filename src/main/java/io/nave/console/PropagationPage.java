package io.nave.console;

import io.nave.sync.ComplianceFile;
import io.nave.sync.LateConsents;
import io.nave.sync.LateConsents.Which;
import io.nave.sync.WhoKnows;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who does not know yet, and the compliance file of a customer. */
@Page
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PropagationPage {
  private static final int MOST = 50;
  private static final Duration WINDOW = Duration.ofDays(7);

  private final LateConsents late;
  private final WhoKnows whoKnows;
  private final ComplianceFile file;
  private final Clock clock;

  PropagationPage(LateConsents late, WhoKnows whoKnows, ComplianceFile file, Clock clock) {
    this.late = late;
    this.whoKnows = whoKnows;
    this.file = file;
    this.clock = clock;
  }

  @GET
  @Path("propagation")
  @Operation(hidden = true)
  public TemplateInstance open(
      @QueryParam("show") @DefaultValue("open") String show,
      @QueryParam("after") @DefaultValue("0") String after) {
    var which =
        switch (show) {
          case "late" -> Which.LATE;
          case "failed" -> Which.FAILED;
          default -> Which.OPEN;
        };
    long from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
    var now = clock.instant();
    var found = late.list(which, from, MOST + 1);
    boolean more = found.size() > MOST;
    var page = more ? found.subList(0, MOST) : found;
    return Templates.propagation(
        new LateView(
            KnownChart.of(late.times(now.minus(WINDOW))),
            late.counts().stream().map(LateView.Spoke::of).toList(),
            which.name().toLowerCase(java.util.Locale.ROOT),
            page.stream().map(one -> LateView.One.of(one, now)).toList(),
            more ? page.get(MOST - 1).id() : null));
  }

  /** {@code day} is the whole of that day, in UTC. */
  @GET
  @Path("customers/{id}/compliance")
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
    var matrix = MatrixView.of(whoKnows.of(uuid), now);
    return page(
        200,
        Templates.compliance(ComplianceView.of(found, given == null ? "" : given, matrix, now)));
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
