package io.nave.console;

import io.nave.sync.Replay;
import java.time.Instant;

/** A replay as operators see it. */
public record ReplayView(Replay of, Moment since) {

  static ReplayView of(Replay replay, Instant now) {
    return new ReplayView(replay, Moment.of(replay.startedAt(), now));
  }

  public boolean isRunning() {
    return of.state().equals("running");
  }

  public boolean isPaused() {
    return of.state().equals("paused");
  }

  public boolean isOver() {
    return !isRunning() && !isPaused();
  }

  /** Which customers, in short. */
  public String what() {
    return of.what().isEmpty() ? null : of.what().toString();
  }

  public String customers() {
    return Numbers.whole(of.customers());
  }

  public String total() {
    return Numbers.whole(of.total());
  }

  public String waiting() {
    return Numbers.whole(of.waiting());
  }

  public String written() {
    return Numbers.whole(of.created() + of.updated());
  }

  public String unchanged() {
    return Numbers.whole(of.unchanged());
  }

  public String failed() {
    return Numbers.whole(of.failed());
  }
}
