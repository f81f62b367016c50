package io.nave.centre;

import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import io.nave.sync.Link;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the preference centre is set up: {@code config/centre.yaml}. */
final class CentreConfig {
  private static final List<String> CHANNELS =
      List.of("email", "sms", "phone", "post", "push", "messaging");

  /** As browsers write it. */
  private static final String ORIGIN = "https?://[a-z0-9.-]+(:[0-9]{1,5})?";

  /**
   * How much is too much, in a minute.
   *
   * @param link requests with one link
   * @param client wrong links from one address
   * @param everybody wrong links from all
   */
  record Limits(int link, int client, int everybody) {}

  /**
   * Global Privacy Control.
   *
   * @param purposes what the signal stops
   * @param lastUpdate when the company said so last
   */
  record Gpc(List<String> purposes, LocalDate lastUpdate) {}

  /**
   * How customers hear of a spoke, by language.
   *
   * @param title its name
   * @param where such as "in your account"
   */
  record Source(Map<String, String> title, Map<String, String> where) {}

  private final Path folder;
  private final ZoneId zone;
  private final List<String> channels;
  private final Map<Link.Use, Duration> lifetimes;
  private final Limits limits;
  private final int resends;
  private final String confirmations;
  private final List<Network> proxies;
  private final List<String> origins;
  private final Gpc gpc;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, BrandLook> brands = new LinkedHashMap<>();

  private CentreConfig(ConfigSection root, Path folder) {
    this.folder = folder;
    zone = parsed(root, "zone", "UTC", ZoneId::of, "a zone such as Europe/London");
    var some = root.allOf("channels", CHANNELS);
    channels = some.isEmpty() ? CHANNELS : some;
    lifetimes = lifetimes(root.section("links"));
    limits = limits(root.section("limits"));
    resends = root.count("resends", 3, 0, 100);
    confirmations = root.text("confirmations", null);
    proxies = root.texts("trustedProxies").stream().map(text -> network(root, text)).toList();
    origins = root.texts("origins");
    origins.stream().filter(one -> !one.matches(ORIGIN)).forEach(one -> stranger(root, one));
    gpc = gpc(root.section("globalPrivacyControl"));
    for (var section : root.sections("sources")) {
      var source = new Source(Titles.read(section, "title"), Titles.read(section, "where"));
      sources.put(section.text("spoke"), source);
    }
    for (var section : root.sections("brands")) {
      var look = BrandLook.read(section, folder);
      brands.put(look.name(), look);
    }
    if (brands.isEmpty()) {
      root.mistake("brands", "none", "at least one, whose name stands on the pages");
    }
  }

  /**
   * Reads {@code centre.yaml} of the folder.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  static CentreConfig read(Path folder) {
    return ConfigFile.read(folder.resolve("centre.yaml"), root -> new CentreConfig(root, folder));
  }

  static CentreConfig parse(String text, Path folder) {
    return ConfigFile.parse("centre.yaml", text, root -> new CentreConfig(root, folder));
  }

  ZoneId zone() {
    return zone;
  }

  /** The channels that are shown, in this order. */
  List<String> channels() {
    return channels;
  }

  Duration lifetime(Link.Use use) {
    return lifetimes.get(use);
  }

  Limits limits() {
    return limits;
  }

  /** How often a day a customer may ask for the same confirmation again. */
  int resends() {
    return resends;
  }

  /** The spoke that sends the messages to confirm; null: none. */
  String confirmations() {
    return confirmations;
  }

  List<Network> proxies() {
    return proxies;
  }

  /** The web sites that may use the public API in a browser. */
  List<String> origins() {
    return origins;
  }

  Gpc gpc() {
    return gpc;
  }

  /** How customers hear of a spoke; with no texts where nobody says. */
  Source source(String spoke) {
    return sources.getOrDefault(spoke, new Source(Map.of(), Map.of()));
  }

  boolean hasBrand(String name) {
    return brands.containsKey(name);
  }

  /** The brand of that name, else the first one. */
  BrandLook brand(String name) {
    var named = name == null ? null : brands.get(name);
    return named != null ? named : brands.values().iterator().next();
  }

  Path folder() {
    return folder;
  }

  // -- reading

  private static Map<Link.Use, Duration> lifetimes(ConfigSection section) {
    return Map.of(
        Link.Use.manage, duration(section, "manage", "P30D"),
        Link.Use.unsubscribe, duration(section, "unsubscribe", "P400D"),
        Link.Use.confirm, duration(section, "confirm", "P3D"));
  }

  private static Duration duration(ConfigSection section, String key, String otherwise) {
    var expected = "a duration such as P30D or PT12H, above zero";
    var duration = parsed(section, key, otherwise, Duration::parse, expected);
    if (duration.isNegative() || duration.isZero()) {
      section.mistake(key, duration.toString(), expected);
    }
    return duration;
  }

  private static Limits limits(ConfigSection section) {
    return new Limits(
        section.count("link", 60, 1, 100_000),
        section.count("client", 20, 1, 100_000),
        section.count("everybody", 1000, 1, 1_000_000));
  }

  private static void stranger(ConfigSection root, String origin) {
    root.mistake("origins", origin, "origins such as https://www.example.com, without a path");
  }

  private static Gpc gpc(ConfigSection section) {
    return new Gpc(
        section.texts("purposes"),
        parsed(section, "lastUpdate", "2026-01-01", LocalDate::parse, "a day such as 2026-01-31"));
  }

  private static Network network(ConfigSection root, String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException wrong) {
      root.mistake("trustedProxies", text, "networks such as 10.0.0.0/8");
      return Network.NOBODY;
    }
  }

  private static <T> T parsed(
      ConfigSection section,
      String key,
      String otherwise,
      Function<String, T> parse,
      String expected) {
    var text = section.text(key, otherwise);
    try {
      return parse.apply(text);
    } catch (DateTimeParseException wrong) {
      section.mistake(key, text, expected);
    } catch (DateTimeException unknown) {
      section.mistake(key, text, expected);
    }
    return parse.apply(otherwise);
  }
}
