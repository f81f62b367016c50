package io.nave.consent;

import java.util.Arrays;
import java.util.List;

/**
 * How contradicting statements about a purpose are weighed. In all of them the later decision
 * counts, on a tie the stricter, and a statement without a date never lifts a stop; they differ in
 * who may lift a stop.
 */
public enum Conflict {
  /** Any later grant lifts a stop. */
  LATEST_ACT("latest-act") {
    @Override
    boolean mayLift(ConsentEntry grant, ConsentEntry stop) {
      return true;
    }

    @Override
    String whyNot() {
      return "no later grant";
    }
  },
  /** Only a later act of the customer herself lifts a stop. */
  CUSTOMER_FIRST("customer-first") {
    @Override
    boolean mayLift(ConsentEntry grant, ConsentEntry stop) {
      return grant.isOfCustomer();
    }

    @Override
    String whyNot() {
      return "only the customer's own act lifts it";
    }
  },
  /** Only a later grant of whoever stated the stop, or of the customer herself, lifts it. */
  STRICTEST("strictest") {
    @Override
    boolean mayLift(ConsentEntry grant, ConsentEntry stop) {
      return grant.isOfCustomer() || grant.key().equals(stop.key());
    }

    @Override
    String whyNot() {
      return "neither its source nor the customer said yes again";
    }
  };

  private final String title;

  Conflict(String title) {
    this.title = title;
  }

  abstract boolean mayLift(ConsentEntry grant, ConsentEntry stop);

  /** Why a grant that is there does not lift the stop, in words. */
  abstract String whyNot();

  boolean lifts(ConsentEntry grant, ConsentEntry stop) {
    return Precedence.isLater(grant, stop) && mayLift(grant, stop);
  }

  /** As in {@code config/purposes.yaml}. */
  @Override
  public String toString() {
    return title;
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Conflict::toString).toList();
  }

  static Conflict of(String title) {
    return Arrays.stream(values()).filter(c -> c.title.equals(title)).findFirst().orElseThrow();
  }
}
