package io.nave;

import io.nave.demo.OptOuts;
import io.nave.demo.Population;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Sandboxed systems of the demo, in this process. */
final class BenchSystems implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<SandboxServer> servers = new ArrayList<>();
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

  /** All four. */
  BenchSystems() throws IOException {
    this(Population.SPOKES);
  }

  BenchSystems(List<String> names) throws IOException {
    var known = new HashMap<String, Sandbox>();
    ServiceLoader.load(Sandbox.class).forEach(sandbox -> known.put(sandbox.name(), sandbox));
    for (var name : names) {
      var server = SandboxServer.start(vertx, known.get(name), BenchHub.freePort());
      servers.add(server);
      settings.put(name, server.sandbox().settings());
    }
  }

  Map<String, Map<String, String>> settings() {
    return settings;
  }

  /** What connects a hub on this port to the systems, as {@code ./nave demo} does. */
  Map<String, String> environment(int hubPort) {
    var variables = Connecting.to(settings, "http://127.0.0.1:" + hubPort);
    variables.put("NAVE_CONTRIBUTE_ONLY", OptOuts.WEB);
    return variables;
  }

  @Override
  public void close() {
    servers.forEach(SandboxServer::close);
    vertx.close();
  }
}
