package io.nave.centre;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A brand's colours and logo. */
@Path("/centre/brand/{brand}")
@Blocking
public class CentreAssets {
  private static final String HOUR = "public, max-age=3600";

  private final CentreConfig config;

  CentreAssets(CentreConfig config) {
    this.config = config;
  }

  /** The colours are known to be readable: {@link BrandLook} checks them at the start. */
  @GET
  @Path("colours.css")
  @Operation(hidden = true)
  public Response colours(@PathParam("brand") String brand) {
    var look = config.brand(brand);
    var css =
        ":root{--accent:%s}@media(prefers-color-scheme:dark){:root{--accent:%s}}"
            .formatted(look.accent(), look.accentDark());
    return kept(Response.ok(css, "text/css"));
  }

  @GET
  @Path("logo")
  @Operation(hidden = true)
  public Response logo(@PathParam("brand") String brand) throws IOException {
    var logo = config.brand(brand).logo();
    return logo == null
        ? Response.status(404).build()
        : kept(Response.ok(Files.readAllBytes(logo), BrandLook.type(logo.toString())));
  }

  private static Response kept(Response.ResponseBuilder answer) {
    return answer
        .header("Cache-Control", HOUR)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .build();
  }
}
