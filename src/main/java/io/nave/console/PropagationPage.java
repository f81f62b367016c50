package io.nave.console;

import io.nave.sync.LateConsents;
import io.nave.sync.LateConsents.Which;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who does not know yet, over all customers, and how long it took those who do. */
@Page
@Path("/propagation")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PropagationPage {
  private static final int MOST = 50;
  private static final Duration WINDOW = Duration.ofDays(7);

  private final LateConsents late;
  private final Clock clock;

  PropagationPage(LateConsents late, Clock clock) {
    this.late = late;
    this.clock = clock;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance open(
      @QueryParam("show") @DefaultValue("open") String show,
      @QueryParam("after") @DefaultValue("0") String after) {
    var which =
        switch (show) {
          case "late" -> Which.LATE;
          case "failed" -> Which.FAILED;
          default -> Which.OPEN;
        };
    long from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
    var now = clock.instant();
    var found = late.list(which, from, MOST + 1);
    boolean more = found.size() > MOST;
    var page = more ? found.subList(0, MOST) : found;
    return Templates.propagation(
        new LateView(
            KnownChart.of(late.times(now.minus(WINDOW))),
            late.counts().stream().map(LateView.Spoke::of).toList(),
            which.name().toLowerCase(java.util.Locale.ROOT),
            page.stream().map(one -> LateView.One.of(one, now)).toList(),
            more ? page.get(MOST - 1).id() : null));
  }
}
