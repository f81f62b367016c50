package io.nave.sync;

import io.nave.sync.LateConsents.Open;
import java.util.List;

/** Whoever is to be told of systems that do not know in time. Implemented by the connectors. */
public interface LateListener {

  /** Whether there is somebody to tell. */
  boolean listens();

  /**
   * Tells; returns once it was taken.
   *
   * @throws RuntimeException where it was not: then all of it is told again later
   */
  void tell(List<Open> late);
}
