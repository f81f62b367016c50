package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class SigningKeysIT {
  @Inject DataSource database;
  @TempDir Path folder;

  private SigningKeys keys(Map<String, String> settings) {
    Config config = new SmallRyeConfigBuilder().withDefaultValues(settings).build();
    return new SigningKeys(database, config, Clock.systemUTC());
  }

  @Test
  void makesAKeyOnceForAllHubs() {
    var one = keys(Map.of()).signing("made");
    var other = keys(Map.of()).signing("made");
    assertThat(other.id()).isEqualTo(one.id()).startsWith("made-");
    assertThat(other.pair().getPublic()).isEqualTo(one.pair().getPublic());
    assertThat(keys(Map.of()).secret("mac")).hasSize(32).isEqualTo(keys(Map.of()).secret("mac"));
  }

  @Test
  void takesTheDeploymentsKeyAndGoesOnPublishingTheOldOne() throws Exception {
    var own = keys(Map.of()).signing("given");
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var text = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    Files.writeString(
        folder.resolve("given.key"),
        "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    for (var settings :
        new Map[] {
          Map.of("nave.keys.given", text), Map.of("nave.keys.folder", folder.toString())
        }) {
      @SuppressWarnings("unchecked")
      var keys = keys(settings);
      assertThat(keys.signing("given").pair().getPublic()).isEqualTo(pair.getPublic());
      assertThat(keys.published("given"))
          .containsValues(own.pair().getPublic(), pair.getPublic())
          .containsKey(own.id());
    }
  }

  @Test
  void refusesAKeyThatIsNone() {
    assertThatThrownBy(() -> keys(Map.of("nave.keys.wrong", "AAAA")).signing("wrong"))
        .hasMessageContaining("nave.keys.wrong: unusable (expected: an Ed25519 key");
    assertThatThrownBy(() -> keys(Map.of("nave.keys.short", "AAAA")).secret("short"))
        .hasMessageContaining("expected: 32 bytes or more");
  }
}
