package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.connectors.ConnectorDescriptor.Limits;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which spokes are connected, by variables of the environment. */
class ConfiguredSpokesTest {
  private static final String DESCRIPTOR =
      """
      title: Some system
      category: CRM
      vendor: https://vendor.example
      settings:
        url: {required: true, description: "Address"}
        client-secret: {required: true, secret: true, description: "Secret"}
        page: {default: "500", description: "Size"}
      feed: poll
      entities: [Contact]
      reads: [Id]
      writes: [Id]
      abilities: {create: true, update: true, delete: true}
      limits: {inFlight: 2, perSecond: 10}
      errors:
        transient: [HTTP 5*]
        permanent: [HTTP 4*]
        unauthorised: [HTTP 401]
        down: [HTTP 503]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    write("connectors/some-system/connector.yaml", DESCRIPTOR);
    write("routes/spokes/crm.camel.yaml", "[]");
    write("routes/spokes/crm-eu.camel.yaml", "[]");
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ConfiguredSpokes spokes(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("NAVE_SPOKES_CRM_CONNECTOR", "some-system");
    all.put("NAVE_SPOKES_CRM_EU_CONNECTOR", "some-system");
    var config = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(all, 300)).build();
    return new ConfiguredSpokes(
        config,
        folder.resolve("routes").toString(),
        folder.resolve("connectors").toString(),
        Optional.empty());
  }

  @Test
  void variablesOfTheEnvironmentConnectASpoke() {
    var spokes =
        spokes(
            Map.of(
                "NAVE_SPOKES_CRM_URL", "https://crm.example",
                "NAVE_SPOKES_CRM_CLIENT_SECRET", "s",
                "NAVE_SPOKES_CRM_EU_URL", "https://eu.example",
                "NAVE_SPOKES_CRM_EU_CLIENT_SECRET", "e",
                "NAVE_SPOKES_CRM_EU_PAGE", "7"));
    assertThat(spokes.read()).isEmpty();
    assertThat(spokes.declared()).containsExactlyInAnyOrder("crm", "crm-eu", "preference-centre");
    assertThat(spokes.get("crm", "url")).isEqualTo("https://crm.example");
    assertThat(spokes.get("crm", "page")).isEqualTo("500");
    assertThat(spokes.get("crm-eu", "client-secret")).isEqualTo("e");
    assertThat(spokes.get("crm-eu", "page")).isEqualTo("7");
  }

  @Test
  void aSpokeWithoutItsSettingsIsNotConnected() {
    var spokes = spokes(Map.of());
    assertThat(spokes.read()).isEmpty();
    assertThat(spokes.declared()).containsExactly("preference-centre");
  }

  @Test
  void aMissingSettingIsNamed() {
    assertThat(spokes(Map.of("NAVE_SPOKES_CRM_URL", "https://crm.example")).read())
        .containsExactly("nave.spokes.crm.client-secret: missing (expected: a value)");
  }

  @Test
  void theLimitsOfASpokeAreItsConnectorsButWhereItsSettingsSayOtherwise() {
    var spokes =
        spokes(
            Map.of(
                "NAVE_SPOKES_CRM_URL", "https://crm.example",
                "NAVE_SPOKES_CRM_CLIENT_SECRET", "s",
                "NAVE_SPOKES_CRM_LIMITS_PER_DAY", "15000",
                "NAVE_SPOKES_CRM_LIMITS_PER_SECOND", "2.5",
                "NAVE_SPOKES_CRM_EU_URL", "https://eu.example",
                "NAVE_SPOKES_CRM_EU_CLIENT_SECRET", "e"));
    assertThat(spokes.read()).isEmpty();
    assertThat(spokes.connected().get("crm").limits()).isEqualTo(new Limits(2, 2.5, 15000, 0.1));
    assertThat(spokes.connected().get("crm-eu").limits()).isEqualTo(new Limits(2, 10, 0, 0.1));
  }

  @Test
  void aLimitThatIsNoneIsAMistake() {
    var spokes =
        spokes(
            Map.of(
                "NAVE_SPOKES_CRM_URL", "https://crm.example",
                "NAVE_SPOKES_CRM_CLIENT_SECRET", "s",
                "NAVE_SPOKES_CRM_LIMITS_IN_FLIGHT", "0",
                "NAVE_SPOKES_CRM_LIMITS_RESERVE", "10%"));
    assertThat(spokes.read())
        .containsExactly(
            "nave.spokes.crm.limits.in-flight: 0 (expected: a whole number from 1)",
            "nave.spokes.crm.limits.reserve: 10% (expected: a share from 0 to below 1, such as"
                + " 0.1)");
  }

  @Test
  void settingsOfASpokeWithoutARouteAreAMistake() {
    assertThat(spokes(Map.of("NAVE_SPOKES_ERP_URL", "https://erp.example")).read())
        .singleElement()
        .asString()
        .contains("nave.spokes.erp.url: no such spoke (expected: a spoke with a file in")
        .endsWith("crm-eu, crm)");
  }
}
