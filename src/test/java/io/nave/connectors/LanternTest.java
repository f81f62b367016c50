package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nave.connectors.ConnectorHarness.Refused;
import io.nave.platform.FailureKind;
import io.nave.sandbox.SandboxServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked example of docs/connectors.md, and so the test of {@link ConnectorHarness}. */
class LanternTest {
  private static final Path FOLDER = Path.of("src/test/resources/connectors/lantern");

  private final Lantern lantern = new Lantern();
  private SandboxServer server;
  private ConnectorHarness harness;

  @BeforeEach
  void start() {
    server = SandboxServer.start(lantern, 0);
    harness = ConnectorHarness.of(FOLDER, "club", lantern.settings(), Map.of());
  }

  @AfterEach
  void stop() {
    harness.close();
    server.close();
  }

  @Test
  void readsAllPagesInOnePoll() {
    for (int i = 1; i <= 5; i++) {
      lantern.change("m-" + i, "{\"lastName\": \"Jones\"}");
    }
    harness.startSource(Map.of("poll", "600000"));
    await().until(() -> "5".equals(harness.cursors().read("club", "position")));
    assertThat(harness.observations())
        .extracting(observation -> observation.at("/recordId").asText())
        .containsExactly("m-1", "m-2", "m-3", "m-4", "m-5");
  }

  @Test
  void readsOnlyWhatChangedAfterARestart() {
    lantern.change("m-1", "{\"lastName\": \"Jones\"}");
    harness.startSource(Map.of("poll", "50"));
    await().until(() -> "1".equals(harness.cursors().read("club", "position")));
    harness.stopSource();
    harness.forget();
    lantern.change("m-1", "{\"deleted\": true}");
    harness.startSource(Map.of("poll", "50"));
    await().untilAsserted(() -> assertThat(harness.observations()).hasSize(1));
    assertThat(harness.observations().get(0).at("/kind").asText()).isEqualTo("delete");
  }

  @Test
  void keepsItsPositionWhileTheHubTakesNothing() {
    lantern.change("m-1", "{\"lastName\": \"Jones\"}");
    var failures = new AtomicInteger();
    harness.failCapture(() -> new IllegalStateException("log full " + failures.incrementAndGet()));
    harness.startSource(Map.of("poll", "50"));
    await().until(() -> failures.get() > 1);
    assertThat(harness.cursors().read("club", "position")).isNull();
    harness.repairCapture();
    await().untilAsserted(() -> assertThat(harness.records()).hasSize(1));
    await().until(() -> "1".equals(harness.cursors().read("club", "position")));
  }

  @Test
  void createsUpdatesWithWhatDiffersAndDeletes() {
    var member = Map.of("lastName", "Jones", "mail", "j@example.org", "newsletter", true);
    assertThat(harness.deliver("create", null, null, member).get("recordId")).isEqualTo("m-9");
    assertThat(lantern.requests.get(0).getJsonObject("body").getMap()).isEqualTo(member);

    var changed = Map.of("lastName", "Jones", "newsletter", false);
    assertThat(harness.deliver("update", "m-9", member, changed).get("recordId")).isEqualTo("m-9");
    var sent = new HashMap<String, Object>(Map.of("newsletter", false));
    sent.put("mail", null);
    assertThat(lantern.requests.get(1).getJsonObject("body").getMap()).isEqualTo(sent);

    assertThat(harness.deliver("delete", "m-9", changed, null).get("recordId")).isEqualTo("m-9");
    assertThat(lantern.requests.get(2).getString("method")).isEqualTo("DELETE");
  }

  @Test
  void saysWhyTheVendorRefused() {
    assertThatThrownBy(() -> harness.deliver("create", null, null, Map.of("mail", "nobody")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.PERMANENT);
              assertThat(refused.code()).isEqualTo("MAIL_INVALID");
            });
  }

  @Test
  void pausesOnAWrongKeyAndRetriesWithoutAConnection() {
    var settings = new HashMap<>(lantern.settings());
    settings.put("api-key", "wrong");
    assertKind(settings, FailureKind.UNAUTHORISED, "HTTP 401");
    settings.put("url", "http://127.0.0.1:1");
    assertKind(settings, FailureKind.TRANSIENT, "connection");
  }

  private static void assertKind(Map<String, String> settings, FailureKind kind, String code) {
    try (var other = ConnectorHarness.of(FOLDER, "club", settings, Map.of())) {
      assertThatThrownBy(() -> other.deliver("create", null, null, Map.of("lastName", "Jones")))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(kind);
                assertThat(refused.code()).isEqualTo(code);
              });
    }
  }
}
