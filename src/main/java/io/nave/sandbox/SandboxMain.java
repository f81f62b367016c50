package io.nave.sandbox;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code ./nave sandbox <name>… [--port N]}: sandboxes without a hub. */
public final class SandboxMain {
  private static final String ALL = "all";

  private SandboxMain() {}

  /**
   * Starts the named sandboxes ({@code all}: every one), prints how to connect, and stays until the
   * process is stopped.
   *
   * @throws IllegalArgumentException for a name or port that does not exist, with those that do
   * @throws IllegalStateException where a sandbox cannot start, such as a port in use
   */
  public static void run(String[] args) {
    var known = ServiceLoader.load(Sandbox.class).stream().map(ServiceLoader.Provider::get);
    var servers = start(known.toList(), List.of(args), System.out);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(servers, stopped)));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts what the arguments name. */
  static List<SandboxServer> start(List<Sandbox> known, List<String> args, PrintStream out) {
    var port = port(args);
    var servers = new ArrayList<SandboxServer>();
    try {
      for (Sandbox sandbox : chosen(known, names(args))) {
        servers.add(SandboxServer.start(sandbox, port == 0 ? 0 : port + servers.size()));
      }
    } catch (IllegalStateException e) {
      servers.forEach(SandboxServer::close);
      throw e;
    }
    servers.forEach(server -> introduce(server, out));
    return servers;
  }

  private static List<Sandbox> chosen(List<Sandbox> known, List<String> names) {
    var all = known.stream().map(Sandbox::name).sorted().collect(Collectors.joining(", "));
    for (String name : names) {
      if (!ALL.equals(name) && known.stream().noneMatch(s -> s.name().equals(name))) {
        throw new IllegalArgumentException("sandbox: " + name + " (expected: " + all + " or all)");
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("sandbox: no name (expected: " + all + " or all)");
    }
    return known.stream()
        .filter(sandbox -> names.contains(ALL) || names.contains(sandbox.name()))
        .toList();
  }

  private static List<String> names(List<String> args) {
    var option = args.indexOf("--port");
    var names = new ArrayList<>(args);
    if (option >= 0) {
      names.subList(option, Math.min(option + 2, args.size())).clear();
    }
    return names;
  }

  private static int port(List<String> args) {
    var option = args.indexOf("--port");
    if (option < 0) {
      return 0;
    }
    var text = option + 1 < args.size() ? args.get(option + 1) : "nothing";
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) < 65_536) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("--port: " + text + " (expected: 0 to 65535; 0 is any)");
  }

  private static void introduce(SandboxServer server, PrintStream out) {
    var sandbox = server.sandbox();
    var lines = new ArrayList<String>();
    lines.add(sandbox.title() + " sandbox: " + server.address());
    lines.add("  records  " + server.address() + "/");
    lines.add("  faults   " + server.address() + "/_sandbox/faults");
    lines.add("  settings");
    sandbox.settings().entrySet().stream()
        .map(e -> "    nave.spokes." + sandbox.name() + "." + e.getKey() + "=" + e.getValue())
        .sorted()
        .forEach(lines::add);
    lines.forEach(out::println);
  }

  private static void stop(List<SandboxServer> servers, CountDownLatch stopped) {
    servers.forEach(SandboxServer::close);
    stopped.countDown();
  }
}
