package io.nave.api;

import io.nave.sync.FreezeLoops;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Attributes that kept flipping between systems, until the hub pinned them. */
@Path("/api/frozen")
@Tag(name = "stewards")
@Produces("application/json")
@Blocking
public class FrozenResource {
  private final FreezeLoops loops;

  FrozenResource(FreezeLoops loops) {
    this.loops = loops;
  }

  /** A steward ends it with a pin of her own, or by taking this one back. */
  @GET
  @Operation(summary = "Frozen attributes that wait for a steward, with the trail")
  public Map<String, Object> list() {
    return Map.of("items", loops.list());
  }
}
