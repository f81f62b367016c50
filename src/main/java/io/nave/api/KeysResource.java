package io.nave.api;

import io.nave.consent.Jws;
import io.nave.consent.SigningKeys;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys with which anybody can check what the hub signed. */
@Path("/.well-known/jwks.json")
@Tag(name = "consents")
@Blocking
public class KeysResource {
  private final SigningKeys keys;

  KeysResource(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @Produces("application/json")
  @Operation(summary = "The keys of receipts (RFC 7517), also those that sign no more")
  public Response keys() {
    List<Map<String, String>> all =
        keys.published(SigningKeys.RECEIPT).entrySet().stream()
            .map(key -> Jws.jwk(key.getKey(), key.getValue()))
            .toList();
    return Response.ok(Map.of("keys", all)).header("Cache-Control", "max-age=3600").build();
  }
}
