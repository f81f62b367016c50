package io.nave.ops;

import io.nave.sync.Budget;
import io.nave.sync.Couriers;
import io.nave.sync.Pauses;
import io.nave.sync.Spokes;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * The state of each spoke, as data: {@code running}, {@code paused by an operator}, {@code waits
 * for its budget}, or {@code down} with the kind of failure, as this instance sees it. Always up,
 * and in no probe: no restart of the hub mends a spoke. What the vendor said is not here.
 */
@ApplicationScoped
@HealthGroup("spokes")
public class SpokesHealth implements HealthCheck {
  private final Spokes spokes;
  private final Pauses pauses;
  private final Couriers couriers;

  SpokesHealth(Spokes spokes, Pauses pauses, Couriers couriers) {
    this.spokes = spokes;
    this.pauses = pauses;
    this.couriers = couriers;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("spokes").up();
    spokes.declared().stream().sorted().forEach(spoke -> response.withData(spoke, state(spoke)));
    return response.build();
  }

  private String state(String spoke) {
    if (pauses.of(spoke).isPresent()) {
      return "paused by an operator";
    }
    var down = couriers.downBecause(spoke);
    if (down != null) {
      return "down: " + down.split(":", 2)[0];
    }
    return couriers
        .budget(spoke)
        .map(Budget.Now::waitsUntil)
        .map(until -> "waits for its budget until " + until)
        .orElse("running");
  }
}
