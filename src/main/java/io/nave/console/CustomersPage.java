package io.nave.console;

import io.nave.sync.CustomerVersions;
import io.nave.sync.FindCustomers;
import io.nave.sync.WhoKnows;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Finds customers, and shows one with the origin of everything that is known. */
@Page
@Path("/customers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CustomersPage {
  private static final int VERSIONS = 25;

  private final Search search;
  private final FindCustomers customers;
  private final CustomerVersions versions;
  private final WhoKnows whoKnows;
  private final Clock clock;

  CustomersPage(
      Search search,
      FindCustomers customers,
      CustomerVersions versions,
      WhoKnows whoKnows,
      Clock clock) {
    this.whoKnows = whoKnows;
    this.search = search;
    this.customers = customers;
    this.versions = versions;
    this.clock = clock;
  }

  /** Only the results where a page that is open asks while somebody types. */
  @GET
  @Operation(hidden = true)
  public TemplateInstance find(
      @QueryParam("q") String query,
      @HeaderParam("HX-Request") boolean part,
      @HeaderParam("HX-History-Restore-Request") boolean whole) {
    var found = search.of(query);
    return part && !whole ? Templates.customers$results(found) : Templates.customers(found);
  }

  /** 303 to the customer that this one was merged into. */
  @GET
  @Path("{id}")
  @Operation(hidden = true)
  public Response customer(@PathParam("id") String id) {
    var uuid = uuid(id);
    var found = uuid == null ? null : customers.byId(uuid).orElse(null);
    if (found == null) {
      return page(404, Templates.missing(id));
    }
    if (found.redirectTo() != null) {
      return Response.seeOther(URI.create("/customers/" + found.redirectTo())).build();
    }
    var view = ShowCustomer.of(found.customer(), versions.newest(uuid, VERSIONS), clock.instant());
    var matrix = MatrixView.of(whoKnows.of(uuid), clock.instant());
    return page(200, Templates.customer(view, matrix));
  }

  private static Response page(int status, TemplateInstance page) {
    return Response.status(status).entity(page.render()).build();
  }

  static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
