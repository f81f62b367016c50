package io.nave.platform;

/** Who must act on a failure of the world, and how. */
public enum FailureKind {
  /** Goes away by itself: try again later. */
  TRANSIENT,
  /** Never goes away by itself: dead letter. */
  PERMANENT,
  /** The message could not be understood: quarantine, needs a person. */
  INVALID,
  /** The spoke refuses the hub's credentials: pause the spoke. */
  UNAUTHORISED,
  /** The spoke is not there, for everybody: pause the spoke. */
  SPOKE_DOWN,
  /** The spoke has had too many requests: wait as long as it says, and count nothing as a try. */
  THROTTLED;

  /** Whether what was sent may have been done all the same. */
  public boolean mayHaveArrived() {
    return this == TRANSIENT || this == SPOKE_DOWN;
  }

  /** Whether it is about the spoke as a whole, not about what was sent. */
  public boolean stopsTheSpoke() {
    return this == UNAUTHORISED || this == SPOKE_DOWN || this == THROTTLED;
  }
}
