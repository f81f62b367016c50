package io.nave.console;

import io.nave.sync.CustomerHistory;
import io.nave.sync.PinAttributes;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a customer was at any time, also one that has become a part of another. */
@Page
@Path("/customers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class TimelinePage {
  private static final int VERSIONS = 24;

  private final CustomerHistory history;
  private final PinAttributes pins;
  private final Clock clock;

  TimelinePage(CustomerHistory history, PinAttributes pins, Clock clock) {
    this.history = history;
    this.pins = pins;
    this.clock = clock;
  }

  /** The newest versions, or those before {@code before}. */
  @GET
  @Path("{id}/timeline")
  @Operation(hidden = true)
  public Response timeline(@PathParam("id") String id, @QueryParam("before") String before) {
    var uuid = uuid(id);
    long end =
        before != null && before.matches("\\d{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
    var versions =
        uuid == null ? List.<CustomerHistory.Version>of() : history.before(uuid, end, VERSIONS + 1);
    if (versions.isEmpty()) {
      return Response.status(404).entity(Templates.missing(id).render()).build();
    }
    var decided = pins.of(uuid).orElse(List.of());
    var view = ShowTimeline.of(id, versions, VERSIONS, decided, clock.instant());
    return Response.ok(Templates.timeline(view).render()).build();
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
