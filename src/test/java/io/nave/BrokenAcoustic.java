package io.nave;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Connects the hub of a test to an Acoustic that answers 503 to everything. */
public final class BrokenAcoustic implements QuarkusTestResourceLifecycleManager {
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    var settings = new HashMap<String, String>();
    var acoustic = "nave.spokes.acoustic.";
    settings.put(acoustic + "url", "http://127.0.0.1:" + server.getAddress().getPort());
    settings.put(acoustic + "files", "file:target");
    for (var key : new String[] {"client-id", "client-secret", "refresh-token", "list"}) {
      settings.put(acoustic + key, "1");
    }
    settings.put(acoustic + "zone", "UTC");
    return settings;
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
