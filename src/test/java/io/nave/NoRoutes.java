package io.nave;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A hub with its database, in which nothing moves unless a test moves it. */
public final class NoRoutes implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("nave.test.routes", "false");
  }
}
