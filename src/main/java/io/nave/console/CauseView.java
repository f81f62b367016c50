package io.nave.console;

import io.nave.sync.Waiting.Cause;

/** A cause of failures, with its times as people read them. */
public record CauseView(Cause cause, Moment first, Moment last) {

  public String n() {
    return Numbers.whole(cause.n());
  }
}
