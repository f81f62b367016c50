package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.platform.ConfigFile;
import io.nave.platform.ConfigSection;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may be consented to: {@code config/purposes.yaml}. */
public final class Purposes {
  private static final List<String> CHANNELS =
      List.of("email", "sms", "phone", "post", "push", "messaging", "any");

  private static final List<String> LEGAL_BASES =
      List.of(
          "consent",
          "contract",
          "legal-obligation",
          "vital-interests",
          "public-task",
          "legitimate-interest");

  /**
   * One purpose.
   *
   * @param legalBasis what it rests on where an entry does not say
   * @param channels the channels it can be granted on; {@code any} stands for all of them
   * @param topics what it is parted into; may be empty
   * @param title by language
   * @param text what the customer is told, by language
   */
  public record Purpose(
      String name,
      String legalBasis,
      List<String> channels,
      List<String> topics,
      Map<String, String> title,
      Map<String, String> text) {}

  private final Map<String, Purpose> purposes = new LinkedHashMap<>();
  private final List<String> brands;

  private Purposes(ConfigSection root) {
    brands = root.texts("brands");
    for (ConfigSection section : root.sections("purposes")) {
      Purpose purpose = purpose(section);
      if (purposes.put(purpose.name(), purpose) != null) {
        section.mistake("name", purpose.name() + " twice", "each purpose once");
      }
    }
    if (purposes.isEmpty()) {
      root.mistake("purposes", "none", "at least one purpose");
    }
  }

  /**
   * Reads the file.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static Purposes read(Path file) {
    return ConfigFile.read(file, Purposes::new);
  }

  /** Reads the text of a file called {@code name}. */
  public static Purposes parse(String name, String text) {
    return ConfigFile.parse(name, text, Purposes::new);
  }

  /** The purposes in the order of the file. */
  public List<Purpose> all() {
    return List.copyOf(purposes.values());
  }

  /** The purpose of that name. */
  public Optional<Purpose> purpose(String name) {
    return Optional.ofNullable(purposes.get(name));
  }

  /** The brands (controllers) that a consent can name; empty where the company is one. */
  public List<String> brands() {
    return brands;
  }

  /** Why the ledger cannot take the statement; empty where it can. */
  public Optional<String> refusal(Consent consent) {
    Purpose purpose = purposes.get(consent.purpose());
    if (purpose == null) {
      return Optional.of(refusal("purpose", consent.purpose(), purposes.keySet()));
    }
    if (consent.state() == null) {
      return Optional.of(refusal("state", null, List.of(Consent.State.values())));
    }
    return channelRefusal(purpose, consent.channel())
        .or(() -> partRefusal("topic", consent.topic(), purpose.topics()))
        .or(() -> partRefusal("brand", consent.brand(), brands))
        .or(() -> partRefusal("legalBasis", consent.legalBasis(), LEGAL_BASES));
  }

  private static Optional<String> channelRefusal(Purpose purpose, String channel) {
    Set<String> allowed = new HashSet<>(purpose.channels());
    allowed.add(Coverage.ANY);
    return channel == null || !allowed.contains(channel)
        ? Optional.of(refusal("channel", channel, allowed.stream().sorted().toList()))
        : Optional.empty();
  }

  private static Optional<String> partRefusal(String what, String given, List<String> known) {
    return given == null || known.contains(given)
        ? Optional.empty()
        : Optional.of(refusal(what, given, known));
  }

  private static String refusal(String what, String given, java.util.Collection<?> known) {
    return what + ": " + given + " (expected: one of " + known + ")";
  }

  private static Purpose purpose(ConfigSection section) {
    return new Purpose(
        section.text("name"),
        section.oneOf("legalBasis", LEGAL_BASES, "consent"),
        section.allOf("channels", CHANNELS),
        section.texts("topics"),
        byLanguage(section.section("title")),
        byLanguage(section.section("text")));
  }

  private static Map<String, String> byLanguage(ConfigSection section) {
    Map<String, String> texts = new LinkedHashMap<>();
    section.keys().forEach(language -> texts.put(language, section.text(language)));
    return Map.copyOf(texts);
  }
}
