package io.nave.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The wheel: what flows between the hub and its spokes now. */
@Page
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WheelPage {
  private final DrawWheel draw;

  WheelPage(DrawWheel draw) {
    this.draw = draw;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page() {
    return Templates.wheel(draw.now());
  }

  /** The part that changes: asked for every second. */
  @GET
  @Path("wheel")
  @Operation(hidden = true)
  public TemplateInstance live() {
    return Templates.wheel$live(draw.now());
  }
}
