package io.nave;

import io.nave.demo.Demo;
import io.nave.demo.Fill;
import io.nave.demo.Population;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.SandboxServer;
import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.apache.camel.quarkus.main.CamelMainApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Four systems full of messy customers, a hub, and a story. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fills four sandboxed systems with messy customers and keeps them in line.")
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20260102;

  @Option(
      names = "--people",
      defaultValue = "2000",
      description = "How many people there are (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--once", description = "Ends after the story; the last line is a JSON object.")
  private boolean once;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description =
          "The console's port; the systems take the next four (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() throws Exception {
    if (people < 20) {
      throw new IllegalArgumentException("--people: " + people + " (expected: 20 or more)");
    }
    var folder = emptied(Path.of(".nave", "demo"));
    var running = new Running();
    Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "stop-embedded"));
    System.out.println("Starting PostgreSQL, Kafka and four systems to connect ...");
    var services = new EmbeddedHub(running, folder);
    var sandboxes = startSandboxes(running);
    services.startInBackground();

    var settings = new LinkedHashMap<String, Map<String, String>>();
    sandboxes.forEach((name, server) -> settings.put(name, server.sandbox().settings()));
    var population = Population.generate(people, SEED);
    var fill = new Fill(settings);
    var truth = fill.run(population);

    services.await();
    configure(settings);
    System.out.println("Starting the hub ...");
    var base = URI.create("http://127.0.0.1:" + port);
    var outcome = new int[] {1};
    var story =
        new Thread(
            () ->
                outcome[0] =
                    tell(new Demo(base, fill, population, truth, System.out), base, sandboxes),
            "story");
    story.start();
    Quarkus.run(CamelMainApplication.class, running::hubEnded);
    return outcome[0];
  }

  private int tell(Demo demo, URI base, Map<String, SandboxServer> sandboxes) {
    int code = 1;
    try {
      var json = demo.run();
      if (once) {
        System.out.println(json);
      } else {
        addresses(base, sandboxes);
      }
      code = 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      System.err.println("nave: " + broken.getMessage());
    }
    if (once || code != 0) {
      System.out.flush();
      Quarkus.asyncExit(code);
    }
    return code;
  }

  private static void addresses(URI base, Map<String, SandboxServer> sandboxes) {
    System.out.println();
    System.out.println("Look around, and change something in one of the systems:");
    System.out.printf("  %-11s %s/%n", "console", base);
    sandboxes.forEach((name, server) -> System.out.printf("  %-11s %s%n", name, server.address()));
    System.out.println("Ctrl-C ends it all.");
  }

  private Map<String, SandboxServer> startSandboxes(Running running) {
    var vertx = Vertx.vertx();
    running.add(vertx::close);
    var servers = new LinkedHashMap<String, SandboxServer>();
    var known = new HashMap<String, Sandbox>();
    ServiceLoader.load(Sandbox.class).forEach(sandbox -> known.put(sandbox.name(), sandbox));
    for (var name : Population.SPOKES) {
      var server = SandboxServer.start(vertx, known.get(name), port + servers.size() + 1);
      running.add(server::close);
      servers.put(name, server);
    }
    return servers;
  }

  private void configure(Map<String, Map<String, String>> settings) {
    UpCommand.set("quarkus.http.host", "127.0.0.1");
    UpCommand.set("quarkus.http.port", Integer.toString(port));
    UpCommand.set("quarkus.log.level", "WARN");
    settings.forEach(
        (spoke, values) ->
            values.forEach(
                (key, value) -> UpCommand.set("nave.spokes." + spoke + "." + key, value)));
    var hooks = "http://127.0.0.1:" + port + "/hooks/";
    UpCommand.set("nave.spokes.gigya.webhook-url", hooks + "gigya");
    UpCommand.set("nave.spokes.s4hana.webhook-url", hooks + "s4hana");
    UpCommand.set("nave.spokes.acoustic.poll", "400ms");
    UpCommand.set("nave.spokes.acoustic.overlap", "5s");
    UpCommand.set("nave.spokes.salesforce.create", "true");
    UpCommand.set("nave.spokes.acoustic.create", "true");
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
