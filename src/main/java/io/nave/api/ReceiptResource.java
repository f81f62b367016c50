package io.nave.api;

import io.nave.sync.ConsentReceipts;
import io.nave.sync.ConsentReceipts.Answer;
import io.nave.sync.ConsentReceipts.Erased;
import io.nave.sync.ConsentReceipts.NotYet;
import io.nave.sync.ConsentReceipts.Receipt;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Receipts: ISO/IEC TS 27560 in the words of W3C DPV, signed. */
@Path("/api/customers/{id}/consents/{entry}/receipt")
@Tag(name = "consents")
@Blocking
public class ReceiptResource {
  private static final String JOSE = "application/jose";

  private final ConsentReceipts receipts;

  ReceiptResource(ConsentReceipts receipts) {
    this.receipts = receipts;
  }

  /** JSON, where the request does not ask for JOSE. */
  @GET
  @Produces({"application/json", JOSE})
  @Operation(summary = "The receipt for an entry of the ledger: to read, and signed")
  @APIResponse(
      responseCode = "200",
      description =
          "JSON: receipt (JSON-LD), and jws, the same signed by a key of /.well-known/jwks.json;"
              + " application/jose: the jws alone")
  @APIResponse(responseCode = "404", description = "The customer has no such entry")
  @APIResponse(responseCode = "410", description = "What was personal in it is erased")
  @APIResponse(responseCode = "503", description = "It is not chained yet: ask again in a second")
  public Response receipt(
      @PathParam("id") String id,
      @PathParam("entry") String entry,
      @HeaderParam("Accept") @DefaultValue("") String accepted) {
    return of(
        id,
        entry,
        one ->
            accepted.contains(JOSE)
                ? Response.ok(one.jws(), JOSE).build()
                : Response.ok(one.file().toString(), "application/json").build());
  }

  private Response of(String id, String entry, Function<Receipt, Response> good) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    if (!entry.matches("\\d{1,18}")) {
      return Problem.of(400, "Not an entry", "entry: (expected: its number in the ledger)");
    }
    Answer answer = receipts.of(customer, Long.parseLong(entry));
    if (answer instanceof Receipt receipt) {
      return good.apply(receipt);
    }
    if (answer instanceof Erased) {
      var why = "What was personal in entry " + entry + " was erased on request. The proof stays.";
      return Problem.of(410, "Erased", why);
    }
    if (answer instanceof NotYet) {
      var problem = Problem.of(503, "Not chained yet", "Ask again in a second.");
      return Response.fromResponse(problem).header("Retry-After", "1").build();
    }
    return Problem.of(404, "No such entry", "entry: " + entry + " (expected: one of the customer)");
  }
}
