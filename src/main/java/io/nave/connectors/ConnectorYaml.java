package io.nave.connectors;

import io.nave.connectors.ConnectorDescriptor.Abilities;
import io.nave.connectors.ConnectorDescriptor.Feed;
import io.nave.connectors.ConnectorDescriptor.Holds;
import io.nave.connectors.ConnectorDescriptor.Limits;
import io.nave.connectors.ConnectorDescriptor.Setting;
import io.nave.connectors.ErrorCodes.Pattern;
import io.nave.platform.FailureKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code connector.yaml}; what it checks is what docs/connectors.md says. */
final class ConnectorYaml {
  private static final Set<String> CHANNELS =
      Set.of("email", "sms", "phone", "post", "push", "messaging", "any");

  /** In the order in which equally specific patterns win. */
  private static final Map<String, FailureKind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("unauthorised", FailureKind.UNAUTHORISED);
    KINDS.put("down", FailureKind.SPOKE_DOWN);
    KINDS.put("throttled", FailureKind.THROTTLED);
    KINDS.put("transient", FailureKind.TRANSIENT);
    KINDS.put("permanent", FailureKind.PERMANENT);
  }

  private ConnectorYaml() {}

  static ConnectorDescriptor read(Path path) {
    var file = new YamlFile(path);
    var system = path.toAbsolutePath().getParent().getFileName().toString();
    var read = read(system, file.root());
    file.refuseMistakes();
    return read;
  }

  private static ConnectorDescriptor read(String system, YamlMap root) {
    root.allow(
        "title",
        "category",
        "vendor",
        "settings",
        "feed",
        "entities",
        "reads",
        "writes",
        "abilities",
        "consent",
        "unique",
        "lookFirst",
        "quiet",
        "limits",
        "errors");
    return new ConnectorDescriptor(
        system,
        root.text("title", "the vendor's name for people"),
        root.text("category", "such as CRM, ESP, CIAM, ERP, CDP"),
        root.value(
            "vendor", "address of the vendor's documentation, https://…", ConnectorYaml::uri),
        settings(root.map("settings")),
        root.value("feed", "stream, webhook or poll", Feed::valueOf),
        some(root, "entities"),
        some(root, "reads"),
        root.texts("writes"),
        abilities(root),
        root.maps("consent").stream().map(ConnectorYaml::holds).toList(),
        root.has("unique") && root.text("unique", "email", "email"::equals) != null,
        root.flag("lookFirst"),
        root.has("quiet") ? root.text("quiet", "what a quiet write keeps from happening") : null,
        limits(root),
        new ErrorCodes(patterns(root.map("errors"))));
  }

  private static URI uri(String text) {
    var uri = URI.create(text);
    return uri.getHost() == null ? null : uri;
  }

  private static List<String> some(YamlMap root, String key) {
    if (!root.has(key)) {
      root.mistake(key, "missing", "a list of the vendor's names");
    }
    return root.texts(key);
  }

  private static Map<String, Setting> settings(YamlMap map) {
    var settings = new LinkedHashMap<String, Setting>();
    for (String name : map.keys()) {
      if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
        map.mistake(name, "name", "lower case with hyphens, such as client-secret");
      }
      settings.put(name, setting(map, name));
    }
    return Collections.unmodifiableMap(settings);
  }

  private static Setting setting(YamlMap settings, String name) {
    var map = settings.map(name).allow("required", "secret", "default", "description");
    var fallback = map.has("default") ? map.text("default", "a text", text -> true) : null;
    var setting =
        new Setting(
            map.flag("required"),
            map.flag("secret"),
            fallback,
            map.has("description") ? map.text("description", "a sentence") : null);
    if (setting.description() == null) {
      settings.mistake(name, "no description", "description: what to enter and where it is found");
    }
    if (fallback != null && (setting.required() || setting.secret())) {
      settings.mistake(name, "default", "no default for what is required or secret");
    }
    return setting;
  }

  private static Abilities abilities(YamlMap root) {
    if (!root.has("abilities")) {
      root.mistake("abilities", "missing", "{create: true, update: true, delete: true}");
    }
    var map = root.map("abilities").allow("create", "update", "delete", "read", "message");
    return new Abilities(
        map.flag("create"),
        map.flag("update"),
        map.flag("delete"),
        map.flag("read"),
        map.flag("message"));
  }

  private static Holds holds(YamlMap map) {
    map.allow("purpose", "channel", "topics");
    return new Holds(
        map.text("purpose", "a purpose of config/purposes.yaml"),
        map.text(
            "channel",
            "one of " + String.join(", ", CHANNELS.stream().sorted().toList()),
            CHANNELS::contains),
        map.flag("topics"));
  }

  private static Limits limits(YamlMap root) {
    if (!root.has("limits")) {
      root.mistake("limits", "missing", "{inFlight: 10, perSecond: 20}");
      return null;
    }
    var map = root.map("limits").allow("inFlight", "perSecond", "perDay", "reserve");
    var inFlight = map.value("inFlight", WHOLE, ConnectorYaml::whole);
    var perSecond = map.value("perSecond", ABOVE_ZERO, ConnectorYaml::rate);
    var perDay =
        map.has("perDay") ? map.value("perDay", WHOLE, ConnectorYaml::day) : Long.valueOf(0);
    var reserve =
        map.has("reserve")
            ? map.value("reserve", SHARE, ConnectorYaml::share)
            : Double.valueOf(Limits.RESERVE);
    return inFlight == null || perSecond == null || perDay == null || reserve == null
        ? null
        : new Limits(inFlight, perSecond, perDay, reserve);
  }

  static final String WHOLE = "a whole number from 1";
  static final String ABOVE_ZERO = "a number above 0";
  static final String SHARE = "a share from 0 to below 1, such as 0.1";

  static Integer whole(String text) {
    return positive(Integer.valueOf(text));
  }

  static Double rate(String text) {
    return positive(Double.valueOf(text));
  }

  static Long day(String text) {
    return positive(Long.valueOf(text));
  }

  static Double share(String text) {
    double share = Double.parseDouble(text);
    return share >= 0 && share < 1 ? share : null;
  }

  private static <N extends Number> N positive(N number) {
    return number.doubleValue() > 0 ? number : null;
  }

  private static List<Pattern> patterns(YamlMap map) {
    map.allow(KINDS.keySet().toArray(String[]::new));
    var patterns = new ArrayList<Pattern>();
    KINDS.forEach(
        (key, kind) -> {
          for (String text : map.texts(key)) {
            if (text.indexOf('*') >= 0 && text.indexOf('*') < text.length() - 1) {
              map.mistake(key, text, "a code, or its beginning and one * at the end");
            }
            patterns.add(new Pattern(text, kind));
          }
        });
    return patterns;
  }
}
