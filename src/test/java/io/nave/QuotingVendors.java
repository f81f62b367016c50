package io.nave;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Connects the hub of a test to an Acoustic, a Gigya and an S/4HANA that let nobody do anything,
 * and whose refusals quote what they were sent and what they hold.
 */
public final class QuotingVendors implements QuarkusTestResourceLifecycleManager {
  private static final String QUOTE =
      "Record of Blodwenna Llanfairpwll, blodwenna@llanfairpwll.example, +442920185544 is not valid";
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext(
        "/oauth/token",
        exchange -> answer(exchange, 200, "{\"access_token\": \"t\", \"expires_in\": 14400}"));
    server.createContext("/XMLAPI", exchange -> answer(exchange, 200, fault(body(exchange))));
    server.createContext("/sap", QuotingVendors::sap);
    server.createContext(
        "/",
        exchange ->
            answer(
                exchange,
                200,
                "{\"errorCode\": 400006, \"statusCode\": 400, \"errorMessage\": \"%s\", \"errorDetails\": \"%s\"}"
                    .formatted(QUOTE, body(exchange).replace('"', '\''))));
    server.start();
    return settings();
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    connect(settings, "acoustic", "client-id client-secret refresh-token list", url);
    settings.put("nave.spokes.acoustic.files", "file:target");
    settings.put("nave.spokes.acoustic.zone", "UTC");
    connect(settings, "gigya", "api-key user-key secret", url);
    connect(settings, "s4hana", "user password webhook-user webhook-password", url);
    for (var category : List.of("io.nave", "org.apache.camel", "org.apache.kafka", "kafka")) {
      var level = category.equals("io.nave") ? "DEBUG" : "INFO";
      settings.put("quarkus.log.category.\"" + category + "\".level", level);
    }
    settings.put("quarkus.log.category.\"org.hibernate.orm.jdbc.error\".level", "INFO");
    settings.put("NAVE_LOG_JSON", "true");
    return settings;
  }

  private static void connect(Map<String, String> settings, String spoke, String keys, String url) {
    for (var key : keys.split(" ")) {
      settings.put("nave.spokes." + spoke + "." + key, "aaaa");
    }
    settings.put("nave.spokes." + spoke + ".url", url);
    settings.put("nave.spokes." + spoke + ".poll", "500ms");
  }

  private static void sap(HttpExchange exchange) throws IOException {
    boolean opens = "Fetch".equals(exchange.getRequestHeaders().getFirst("X-CSRF-Token"));
    exchange.getResponseHeaders().add("X-CSRF-Token", "t");
    var error = "{\"error\": {\"code\": \"R1/1\", \"message\": {\"value\": \"" + QUOTE + "\"}}}";
    answer(exchange, opens ? 200 : 400, opens ? "{\"d\": {}}" : error);
  }

  private static String fault(String quoted) {
    return """
        <Envelope><Body><RESULT><SUCCESS>false</SUCCESS></RESULT><Fault>
        <FaultString><![CDATA[%s in %s]]></FaultString>
        <detail><error><errorid>121</errorid></error></detail></Fault></Body></Envelope>
        """
        .formatted(QUOTE, quoted.replace("]]>", ""));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
