package io.nave.sandbox;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP server of one sandbox, on 127.0.0.1 only. Everything of the sandbox runs on this
 * server's one event loop. {@code /} is the page of its records, {@code /_sandbox} is for tests;
 * all else is the vendor's.
 */
public final class SandboxServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final boolean ownVertx;
  private final Sandbox sandbox;
  private final Listener listener;
  private String deployment;

  private SandboxServer(Vertx vertx, boolean ownVertx, Sandbox sandbox, int port) {
    this.vertx = vertx;
    this.ownVertx = ownVertx;
    this.sandbox = sandbox;
    this.listener = new Listener(sandbox, port);
  }

  /**
   * Starts a server with a Vert.x of its own.
   *
   * @param port 0 for any that is free
   * @throws IllegalStateException where it cannot start, such as a port in use
   */
  public static SandboxServer start(Sandbox sandbox, int port) {
    return new SandboxServer(Vertx.vertx(), true, sandbox, port).started();
  }

  /** As above, on a given Vert.x, which is left open by {@link #close}. */
  public static SandboxServer start(Vertx vertx, Sandbox sandbox, int port) {
    return new SandboxServer(vertx, false, sandbox, port).started();
  }

  /** Where it listens, such as {@code http://127.0.0.1:8201} (no slash at the end). */
  public URI address() {
    return listener.address;
  }

  /** The sandbox that it serves. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** Stops the sandbox and its server. */
  @Override
  public void close() {
    if (deployment != null) {
      await(vertx.undeploy(deployment));
      deployment = null;
    }
    if (ownVertx) {
      await(vertx.close());
    }
  }

  private SandboxServer started() {
    try {
      deployment = await(vertx.deployVerticle(listener));
      return this;
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  private <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("sandbox " + sandbox.name() + ": interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      var why = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("sandbox " + sandbox.name() + ": " + why.getMessage(), why);
    }
  }

  private static final class Listener extends AbstractVerticle {
    private static final int LONGEST = 16_384; // as Salesforce has it, of address and of headers
    private static final HttpServerOptions OPTIONS =
        new HttpServerOptions().setMaxInitialLineLength(LONGEST).setMaxHeaderSize(LONGEST);
    private final Sandbox sandbox;
    private final int port;
    private volatile URI address;

    Listener(Sandbox sandbox, int port) {
      this.sandbox = sandbox;
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      var router = Router.router(vertx);
      vertx
          .createHttpServer(OPTIONS)
          .requestHandler(router)
          .listen(port, HOST)
          .<Void>map(server -> mount(server, router))
          .onComplete(started);
    }

    private Void mount(HttpServer server, Router router) {
      address = URI.create("http://" + HOST + ":" + server.actualPort());
      new Stats().mount(router);
      new Doorkeeper(address.getPort()).mount(router);
      new Faults(sandbox).mount(router);
      new RecordsPage(sandbox).mount(router);
      new MessagesPage(sandbox).mount(router);
      router.route("/_sandbox/*").handler(ctx -> ctx.fail(404));
      sandbox.mount(vertx, router, address);
      return null;
    }

    @Override
    public void stop() {
      sandbox.close();
    }
  }
}
