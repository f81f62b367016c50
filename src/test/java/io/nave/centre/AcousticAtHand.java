package io.nave.centre;

import io.nave.sandbox.SandboxServer;
import io.nave.sandbox.acoustic.AcousticSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Connects the hub of a test to a sandbox of Acoustic. */
public final class AcousticAtHand implements QuarkusTestResourceLifecycleManager {
  private SandboxServer server;

  @Override
  public Map<String, String> start() {
    server = SandboxServer.start(new AcousticSandbox(), 0);
    var settings = new HashMap<String, String>();
    server
        .sandbox()
        .settings()
        .forEach((key, value) -> settings.put("nave.spokes.acoustic." + key, value));
    settings.put("nave.deliver.backoff", "100ms");
    return settings;
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
