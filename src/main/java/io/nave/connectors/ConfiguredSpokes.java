package io.nave.connectors;

import static io.nave.connectors.ConnectorYaml.ABOVE_ZERO;
import static io.nave.connectors.ConnectorYaml.SHARE;
import static io.nave.connectors.ConnectorYaml.WHOLE;

import io.nave.connectors.ConnectorDescriptor.Limits;
import io.nave.sync.Act;
import io.nave.sync.Spokes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The systems that are connected: each has a file in {@code routes/spokes} and the settings that
 * its connector requires. In Kamelets it is the bean {@code spokes}.
 */
@ApplicationScoped
@Named("spokes")
class ConfiguredSpokes implements SpokeSettings, Spokes {
  private static final String SETTINGS = "nave.spokes.";
  private static final String ENDING = ".camel.yaml";

  private final Config config;
  private final Path routes;
  private final Path connectors;
  private final Set<String> contributeOnly;
  private final Map<String, ConnectorDescriptor> connected = new TreeMap<>();
  private final List<io.nave.sync.Spoke> receiving = new CopyOnWriteArrayList<>();
  private final Map<String, String> values = new ConcurrentHashMap<>();

  ConfiguredSpokes(
      Config config,
      @ConfigProperty(name = "nave.routes", defaultValue = "routes") String routes,
      @ConfigProperty(name = "nave.connectors", defaultValue = "connectors") String connectors,
      @ConfigProperty(name = "nave.contribute-only") Optional<List<String>> contributeOnly) {
    this.config = config;
    this.routes = Path.of(routes);
    this.connectors = Path.of(connectors);
    this.contributeOnly = Set.copyOf(contributeOnly.orElse(List.of()));
  }

  /** Finds out which spokes are configured; yields what is wrong, nothing where all is well. */
  synchronized List<String> read() {
    var mistakes = new ArrayList<String>();
    connected.clear();
    values.clear();
    var names = new ArrayList<String>();
    for (var file : files(routes.resolve("spokes"), ENDING)) {
      var name = file.getFileName().toString().replace(ENDING, "");
      names.add(name);
      if (name.equals(Act.SPOKE)) {
        mistakes.add(file + ": the hub's own spoke (expected: another name)");
      }
      try {
        read(name, mistakes);
      } catch (IllegalArgumentException wrong) {
        mistakes.add(wrong.getMessage());
      }
    }
    mistakes.addAll(strangers(names));
    return mistakes;
  }

  /** Settings of spokes that have no route, which would do nothing and say nothing. */
  private List<String> strangers(List<String> names) {
    var known = names.stream().map(name -> variable(SETTINGS + name + ".")).toList();
    var strangers = new TreeMap<String, String>();
    for (var setting : config.getPropertyNames()) {
      var variable = variable(setting);
      if (variable.startsWith(variable(SETTINGS))
          && known.stream().noneMatch(variable::startsWith)) {
        strangers.put(variable, setting);
      }
    }
    var expected = "a spoke with a file in " + routes.resolve("spokes") + ": ";
    return strangers.values().stream()
        .map(
            name ->
                name + ": no such spoke (expected: " + expected + String.join(", ", names) + ")")
        .toList();
  }

  /** The environment's name of a property: {@code a.b-c} is {@code A_B_C}. */
  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private void read(String spoke, List<String> mistakes) {
    var connector = value(spoke, "connector").orElse(spoke);
    var descriptor =
        ConnectorDescriptor.load(connectors.resolve(connector).resolve("connector.yaml"));
    var missing = new ArrayList<String>();
    boolean any = false;
    for (var setting : descriptor.settings().entrySet()) {
      boolean given = value(spoke, setting.getKey()).isPresent();
      any |= given && setting.getValue().required();
      if (!given && setting.getValue().required()) {
        missing.add(setting.getKey());
      }
    }
    var limits = limits(spoke, descriptor.limits(), mistakes);
    if (missing.isEmpty()) {
      connected.put(spoke, descriptor.with(limits));
    } else if (any) {
      missing.forEach(
          key ->
              mistakes.add("nave.spokes." + spoke + "." + key + ": missing (expected: a value)"));
    }
  }

  /** The connector's, but where the spoke's settings say otherwise. */
  private Limits limits(String spoke, Limits its, List<String> mistakes) {
    return new Limits(
        limit(spoke, "in-flight", its.inFlight(), WHOLE, ConnectorYaml::whole, mistakes),
        limit(spoke, "per-second", its.perSecond(), ABOVE_ZERO, ConnectorYaml::rate, mistakes),
        limit(spoke, "per-day", its.perDay(), WHOLE, ConnectorYaml::day, mistakes),
        limit(spoke, "reserve", its.reserve(), SHARE, ConnectorYaml::share, mistakes));
  }

  private <T> T limit(
      String spoke,
      String key,
      T its,
      String expected,
      Function<String, T> read,
      List<String> mistakes) {
    var text = value(spoke, "limits." + key).orElse(null);
    if (text == null) {
      return its;
    }
    T said = null;
    try {
      said = read.apply(text.strip());
    } catch (NumberFormatException wrong) {
      // told below, as a number that does not fit
    }
    if (said == null) {
      mistakes.add(
          SETTINGS + spoke + ".limits." + key + ": " + text + " (expected: " + expected + ")");
    }
    return said == null ? its : said;
  }

  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The connectors of the connected spokes, by spoke. */
  Map<String, ConnectorDescriptor> connected() {
    return connected;
  }

  Path routeFile(String spoke) {
    return routes.resolve("spokes").resolve(spoke + ENDING);
  }

  Path hubRoutes() {
    return routes.resolve("hub");
  }

  Path connectors() {
    return connectors;
  }

  void receives(io.nave.sync.Spoke spoke) {
    receiving.add(spoke);
  }

  @Override
  public Set<String> declared() {
    var names = new HashSet<>(contributeOnly);
    names.addAll(connected.keySet());
    names.add(Act.SPOKE);
    return names;
  }

  @Override
  public List<io.nave.sync.Spoke> receiving() {
    return receiving;
  }

  /** Each is looked up once: requests ask for several, and looking through all sources is slow. */
  @Override
  public String get(String spoke, String key) {
    return values.computeIfAbsent(spoke + "." + key, both -> find(spoke, key));
  }

  private String find(String spoke, String key) {
    var descriptor = connected.get(spoke);
    var fallback = descriptor == null ? null : descriptor.settings().get(key);
    return value(spoke, key)
        .or(() -> Optional.ofNullable(fallback == null ? null : fallback.defaultValue()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nave.spokes." + spoke + "." + key + ": missing (expected: a value)"));
  }

  Optional<String> value(String spoke, String key) {
    return config
        .getOptionalValue("nave.spokes." + spoke + "." + key, String.class)
        .filter(value -> !value.isBlank());
  }
}
