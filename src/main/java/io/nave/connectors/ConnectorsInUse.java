package io.nave.connectors;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells people which kind of system a spoke is. */
@ApplicationScoped
public class ConnectorsInUse {
  private final ConfiguredSpokes spokes;

  ConnectorsInUse(ConfiguredSpokes spokes) {
    this.spokes = spokes;
  }

  /** The connector of a spoke; empty for one that only contributes, through the API. */
  public Optional<ConnectorDescriptor> of(String spoke) {
    return Optional.ofNullable(spokes.connected().get(spoke));
  }
}
