package io.nave.consent;

import io.nave.consent.Purpose.Notice;
import io.nave.consent.Purpose.Topic;
import io.nave.platform.ConfigSection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code config/purposes.yaml}; notes every mistake and goes on. */
final class ReadPurposes {
  private static final String NAME = "name";
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final List<String> languages;

  private ReadPurposes(ConfigSection root) {
    languages = root.texts("languages");
  }

  static Purposes of(ConfigSection root) {
    var read = new ReadPurposes(root);
    var controller = root.has("controller") ? controller(root.section("controller")) : null;
    var brands = read.named(root, "brands", read::brand, Brand::name);
    var purposes = read.named(root, "purposes", read::purpose, Purpose::name);
    if (purposes.isEmpty()) {
      root.mistake("purposes", "none", "at least one purpose");
    }
    var jurisdictions = new ArrayList<Jurisdiction>();
    for (var section : root.sections("jurisdictions")) {
      jurisdictions.add(jurisdiction(section, purposes.keySet()));
    }
    jurisdictions.removeIf(one -> one.law() == null);
    return new Purposes(read.languages, controller, brands, purposes, jurisdictions);
  }

  private <T> Map<String, T> named(
      ConfigSection root, String key, Function<ConfigSection, T> read, Function<T, String> name) {
    Map<String, T> all = new LinkedHashMap<>();
    for (var section : root.sections(key)) {
      var one = read.apply(section);
      if (all.put(name.apply(one), one) != null) {
        section.mistake(NAME, name.apply(one) + " twice", "each of the " + key + " once");
      }
    }
    return all;
  }

  private Brand brand(ConfigSection section) {
    return new Brand(
        section.text(NAME), texts(section, "title"), controller(section.section("controller")));
  }

  private static Brand.Controller controller(ConfigSection section) {
    var country = section.text("country");
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      section.mistake("country", country, "a country such as GB (ISO 3166-1 alpha-2)");
    }
    return new Brand.Controller(
        section.text(NAME),
        section.text("address"),
        country,
        section.text("email"),
        section.text("url", null));
  }

  private Purpose purpose(ConfigSection section) {
    var channels = section.allOf("channels", Purposes.CHANNELS);
    return new Purpose(
        section.text(NAME),
        section.oneOf("legalBasis", Purposes.LEGAL_BASES, Purpose.CONSENT),
        channels,
        List.copyOf(named(section, "topics", this::topic, Topic::name).values()),
        texts(section, "title"),
        texts(section, "text"),
        notices(section),
        someOf(section, "doubleOptIn", channels),
        someOf(section, "boundToAddress", channels),
        period(section, "grantLasts"),
        period(section, "confirmWithin"),
        Conflict.of(section.oneOf("conflict", Conflict.titles(), Conflict.LATEST_ACT.toString())),
        within(section),
        section.text("dpv", "Purpose"));
  }

  private Topic topic(ConfigSection section) {
    return new Topic(section.text(NAME), texts(section, "title"));
  }

  private List<Notice> notices(ConfigSection purpose) {
    var notices = named(purpose, "notices", this::notice, Notice::version).values();
    return notices.stream().sorted(Comparator.comparing(Notice::from)).toList();
  }

  private Notice notice(ConfigSection section) {
    var from = parsed(section, "from", LocalDate::parse, "a day such as 2026-01-31");
    return new Notice(
        section.text("version"),
        (from == null ? LocalDate.EPOCH : from).atStartOfDay(ZoneOffset.UTC).toInstant(),
        section.text("url", null),
        texts(section, "wording"));
  }

  /** By language; each of the file's languages must be there. */
  private Map<String, String> texts(ConfigSection in, String key) {
    var section = in.section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (var language : section.keys()) {
      if (Locale.forLanguageTag(language).getLanguage().isEmpty()) {
        section.mistake(language, "no language", "a language tag such as cy");
      }
      texts.put(language, section.text(language));
    }
    var missing = languages.stream().filter(one -> !texts.containsKey(one)).toList();
    if (!missing.isEmpty()) {
      in.mistake(key, "nothing in " + String.join(", ", missing), "a text in each language");
    }
    return texts;
  }

  private static List<String> someOf(ConfigSection section, String key, List<String> channels) {
    var some = section.texts(key);
    var strange = some.stream().filter(one -> !channels.contains(one)).toList();
    if (!strange.isEmpty()) {
      section.mistake(key, String.join(", ", strange), "of the purpose's channels " + channels);
    }
    return some;
  }

  private static Period period(ConfigSection section, String key) {
    if (!section.has(key)) {
      return null;
    }
    var period = parsed(section, key, Period::parse, "a period such as P2Y");
    if (period != null && (period.isNegative() || period.isZero())) {
      section.mistake(key, period.toString(), "a period such as P2Y");
      return null;
    }
    return period;
  }

  private static Duration within(ConfigSection section) {
    if (!section.has("knownWithin")) {
      return Purposes.KNOWN_WITHIN;
    }
    var time = parsed(section, "knownWithin", Duration::parse, "a time such as PT1H");
    if (time == null || time.isNegative() || time.isZero()) {
      if (time != null) {
        section.mistake("knownWithin", time.toString(), "a time such as PT1H");
      }
      return Purposes.KNOWN_WITHIN;
    }
    return time;
  }

  private static <T> T parsed(
      ConfigSection section, String key, Function<String, T> parse, String expected) {
    var text = section.text(key);
    try {
      return text.isEmpty() ? null : parse.apply(text);
    } catch (DateTimeParseException wrong) {
      section.mistake(key, text, expected);
      return null;
    }
  }

  private static Jurisdiction jurisdiction(ConfigSection section, Set<String> purposes) {
    var name = section.text(NAME);
    var law = Law.of(name);
    if (law == null && !name.isEmpty()) {
      section.mistake(NAME, name, "one of " + String.join(", ", Law.titles()));
    }
    var countries = section.allOf("countries", COUNTRIES);
    if (countries.isEmpty()) {
      section.mistake("countries", "none", "at least one country");
    }
    return new Jurisdiction(
        law,
        new ArrayList<>(new HashSet<>(countries)),
        section.texts("regions"),
        yes(section, "unknownCountry"),
        section.allOf("purposes", purposes),
        section.allOf("channels", Purposes.CHANNELS));
  }

  private static boolean yes(ConfigSection section, String key) {
    return "true".equals(section.oneOf(key, List.of("true", "false"), "false"));
  }
}
