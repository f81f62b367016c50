package io.nave.sandbox.gigya;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnseenTest {
  private static final JsonObject OLD = account("Bangor", "Una");
  private static final JsonObject NEW = account("Barry", "Una");
  private static final JsonObject RENAMED = account("Bangor", "Unity");

  private long now = TimeUnit.HOURS.toNanos(1);
  private final Unseen unseen = new Unseen(() -> now);

  private static JsonObject account(String city, String name) {
    return new JsonObject()
        .put("profile", new JsonObject().put("city", city).put("firstName", name));
  }

  private void pass(long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aChangeBetweenLookAndWriteIsUnseen() {
    unseen.read("1");
    unseen.edited("1", OLD, NEW);
    unseen.written("1", NEW, OLD);
    assertThat(unseen.accounts()).containsExactly("1");
  }

  @Test
  void whatWasReadSinceIsSeen() {
    unseen.read("1");
    unseen.edited("1", OLD, NEW);
    unseen.read("1");
    unseen.written("1", NEW, OLD);
    assertThat(unseen.accounts()).isEmpty();
  }

  @Test
  void whoDidNotLookRightBeforeCouldHaveKnown() {
    unseen.edited("2", OLD, NEW);
    unseen.written("2", NEW, OLD);
    unseen.read("1");
    unseen.edited("1", OLD, NEW);
    pass(3);
    unseen.written("1", NEW, OLD);
    assertThat(unseen.accounts()).isEmpty();
  }

  @Test
  void whatIsWrittenElsewhereInTheAccountLosesNothing() {
    unseen.read("1");
    unseen.edited("1", OLD, RENAMED);
    unseen.written("1", RENAMED, account("Barry", "Unity"));
    assertThat(unseen.accounts()).isEmpty();
  }
}
