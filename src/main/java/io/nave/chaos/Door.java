package io.nave.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the systems send their webhooks: a proxy before all instances of the hub, as a company has
 * it. It asks another instance where one does not answer, and can bring notifications twice or
 * late.
 */
public final class Door implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(4);
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");
  private static final int UNAVAILABLE = 503;
  private static final int TIMED_OUT = 504;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong twice = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private volatile List<URI> hubs = List.of();
  private volatile Misfortune.Kind trouble;
  private volatile Random dice = new Random(0);

  /** Opens at any port that is free. */
  public Door() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Where it is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whom to bring notifications to. */
  public void leadsTo(List<URI> instances) {
    hubs = List.copyOf(instances);
  }

  /** Notifications come twice or late from now on; null ends it. */
  void trouble(Misfortune.Kind kind, long seed) {
    dice = new Random(seed);
    trouble = kind;
  }

  /** How many came twice, and how many late. */
  String told() {
    return "%d twice, %d late".formatted(twice.get(), late.get());
  }

  private record Notification(String method, URI path, HttpExchange from, byte[] body) {}

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var one =
          new Notification(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange,
              exchange.getRequestBody().readAllBytes());
      if (trouble == Misfortune.Kind.HOOKS_LATE && strikes()) {
        late.incrementAndGet();
        bringLater(one);
        exchange.sendResponseHeaders(TIMED_OUT, -1);
        return;
      }
      if (trouble == Misfortune.Kind.HOOKS_TWICE && strikes()) {
        twice.incrementAndGet();
        bringLater(one);
      }
      answer(exchange, bring(one));
    }
  }

  private boolean strikes() {
    synchronized (this) {
      return dice.nextInt(2) == 0;
    }
  }

  private void bringLater(Notification one) {
    long millis;
    synchronized (this) {
      millis = 200 + dice.nextInt(4_000);
    }
    later.schedule(() -> bring(one), millis, TimeUnit.MILLISECONDS);
  }

  /** The answer of the first instance that gives one; null where none does. */
  private HttpResponse<byte[]> bring(Notification one) {
    var instances = hubs;
    int first = turn.getAndIncrement();
    for (int i = 0; i < instances.size(); i++) {
      var to = instances.get(Math.floorMod(first + i, instances.size()));
      try {
        return client.send(request(one, to), BodyHandlers.ofByteArray());
      } catch (IOException away) {
        continue;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private static HttpRequest request(Notification one, URI to) {
    var request =
        HttpRequest.newBuilder(to.resolve(one.path()))
            .timeout(ANSWER)
            .method(one.method(), BodyPublishers.ofByteArray(one.body()));
    one.from()
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    if (answer == null) {
      exchange.sendResponseHeaders(UNAVAILABLE, -1);
      return;
    }
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
              }
            });
    var body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
    threads.shutdownNow();
  }
}
