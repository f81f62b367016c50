package io.nave.sync;

import java.util.List;
import java.util.Set;

/** The systems that are connected to this hub. */
public interface Spokes {

  /** The names of all spokes that may send observations. */
  Set<String> declared();

  /** Those that take deliveries. */
  List<Spoke> receiving();
}
