package io.nave.console;

import io.nave.sync.Waiting;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What waits for a person, by cause. */
@Page
@Path("/waiting")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WaitingPage {
  private final Waiting waiting;
  private final Clock clock;

  WaitingPage(Waiting waiting, Clock clock) {
    this.waiting = waiting;
    this.clock = clock;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page() {
    return Templates.waiting(views(waiting.invalidMessages()), views(waiting.deadLetters()));
  }

  private List<CauseView> views(List<Waiting.Cause> causes) {
    var now = clock.instant();
    return causes.stream()
        .map(c -> new CauseView(c, Moment.of(c.first(), now), Moment.of(c.last(), now)))
        .toList();
  }
}
