package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class AnyOfTest {

  @Test
  void ticksAndTakesRequestsInARouteThatStartsWithItsContext() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    var http = new VertxPlatformHttpServerConfiguration();
    http.setBindPort(freePort());
    try (var camel = new DefaultCamelContext()) {
      http.setBindHost("127.0.0.1");
      camel.addService(new VertxPlatformHttpServer(http));
      camel.getRegistry().bind("any-of", new AnyOf());
      camel.addRoutes(route(seen));
      camel.start();
      await().atMost(Duration.ofSeconds(40)).until(() -> seen.contains("tick"));
      var hook = URI.create("http://127.0.0.1:" + http.getBindPort() + "/hooks/club");
      var request = HttpRequest.newBuilder(hook).POST(BodyPublishers.ofString("{}")).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      assertThat(seen).contains("POST");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static RouteBuilder route(List<String> seen) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("any-of:club?first=RAW(timer:club?delay=200&period=600000)"
                + "&second=RAW(platform-http:/hooks/club?httpMethodRestrict=POST)")
            .process(exchange -> seen.add(what(exchange)));
      }
    };
  }

  private static String what(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "tick", String.class);
  }
}
