package io.nave.centre;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Says that Global Privacy Control is followed here. */
@Path("/.well-known/gpc.json")
public class GpcResource {
  private final CentreConfig config;

  GpcResource(CentreConfig config) {
    this.config = config;
  }

  @GET
  @Produces("application/json")
  @Operation(hidden = true)
  public Map<String, Object> gpc() {
    boolean followed = !config.gpc().purposes().isEmpty();
    return Map.of("gpc", followed, "lastUpdate", config.gpc().lastUpdate().toString());
  }
}
