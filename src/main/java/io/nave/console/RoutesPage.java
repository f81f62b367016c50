package io.nave.console;

import io.nave.connectors.LiveRoutes;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The Camel routes of this instance, and what each has done. */
@Page
@Path("/operations/routes")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class RoutesPage {
  private final LiveRoutes routes;

  RoutesPage(LiveRoutes routes) {
    this.routes = routes;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page() {
    return Templates.routes(DrawRoutes.of(routes.now()));
  }

  /** The part that changes: asked for every two seconds. */
  @GET
  @Path("live")
  @Operation(hidden = true)
  public TemplateInstance live() {
    return Templates.routes$live(DrawRoutes.of(routes.now()));
  }
}
