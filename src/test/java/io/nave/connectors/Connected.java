package io.nave.connectors;

import io.nave.sync.Spoke;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Connects spokes of a test's own to a hub without routes. */
@ApplicationScoped
public class Connected {
  private final ConfiguredSpokes spokes;

  Connected(ConfiguredSpokes spokes) {
    this.spokes = spokes;
  }

  /** These take deliveries from now on, and nobody else. */
  public void only(List<? extends Spoke> receiving) {
    spokes.receiving().clear();
    receiving.forEach(spokes::receives);
  }
}
