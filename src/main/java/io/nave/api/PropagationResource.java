package io.nave.api;

import io.nave.sync.ComplianceFile;
import io.nave.sync.FindCustomers;
import io.nave.sync.Knowing;
import io.nave.sync.LateConsents;
import io.nave.sync.LateConsents.Open;
import io.nave.sync.LateConsents.Which;
import io.nave.sync.WhoKnows;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which system knows of which consent, since when, and which does not yet. */
@Path("/api")
@Tag(name = "propagation")
@Produces("application/json")
@Blocking
public class PropagationResource {
  private static final int MOST = 1000;

  private final WhoKnows whoKnows;
  private final LateConsents late;
  private final ComplianceFile file;
  private final FindCustomers customers;

  PropagationResource(
      WhoKnows whoKnows, LateConsents late, ComplianceFile file, FindCustomers customers) {
    this.file = file;
    this.whoKnows = whoKnows;
    this.late = late;
    this.customers = customers;
  }

  /** Of one customer. */
  record OfCustomer(UUID customerId, List<Knowing> knowing) {}

  /** Some of all customers; {@code next} is null at the end. */
  record Page(List<Open> open, Long next) {}

  @GET
  @Path("/customers/{id}/propagation")
  @Operation(summary = "Which system knows of which consent of a customer, with times")
  public Response of(@PathParam("id") String id) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    return customers.summary(customer).isEmpty()
        ? Problem.of(404, "No such customer", "id: " + id)
        : Response.ok(new OfCustomer(customer, whoKnows.of(customer))).build();
  }

  @GET
  @Path("/customers/{id}/compliance")
  @Operation(summary = "The compliance file of a customer: consents as of any day, and all history")
  public Response compliance(@PathParam("id") String id, @QueryParam("asOf") String asOf) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    var at = asOf == null ? null : Parameters.time(asOf);
    if (asOf != null && at == null) {
      var words = "asOf: (expected: a time with an offset such as 2026-01-02T03:04:05Z)";
      return Problem.of(400, "Not a moment", words);
    }
    return file.of(customer, at)
        .map(found -> Response.ok(found.toString()).build())
        .orElseGet(() -> Problem.of(404, "Nothing is known", "id: " + id + " at that time"));
  }

  /** {@code after} is {@code next} of the page before. */
  @GET
  @Path("/propagation")
  @Operation(summary = "Who does not know yet: state=open, late, pending, sent or failed")
  public Response open(
      @QueryParam("state") @DefaultValue("open") String state,
      @QueryParam("after") @DefaultValue("0") String after,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    var which =
        Arrays.stream(Which.values())
            .filter(w -> w.name().toLowerCase(Locale.ROOT).equals(state))
            .findFirst();
    if (which.isEmpty()) {
      var words = "state: " + state + " (expected: open, late, pending, sent or failed)";
      return Problem.of(400, "No such state", words);
    }
    if (!after.matches("\\d{1,18}")) {
      return Problem.of(400, "Not a place in the list", "after: (expected: next of a page)");
    }
    int most = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
    if (most < 1 || most > MOST) {
      return Problem.of(400, "Not a number", "limit: " + limit + " (expected: 1 to " + MOST + ")");
    }
    var found = late.list(which.get(), Long.parseLong(after), most + 1);
    boolean more = found.size() > most;
    var page = more ? found.subList(0, most) : found;
    return Response.ok(new Page(page, more ? page.get(most - 1).id() : null)).build();
  }
}
