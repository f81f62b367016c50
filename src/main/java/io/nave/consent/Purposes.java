package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.platform.ConfigFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may be consented to: {@code config/purposes.yaml}. */
public final class Purposes {
  static final List<String> CHANNELS =
      List.of("email", "sms", "phone", "post", "push", "messaging", "any");

  static final List<String> LEGAL_BASES =
      List.of(
          Purpose.CONSENT,
          "contract",
          "legal-obligation",
          "vital-interests",
          "public-task",
          "legitimate-interest");

  static final Duration KNOWN_WITHIN = Duration.ofHours(1);

  private final List<String> languages;
  private final Brand.Controller controller;
  private final Map<String, Brand> brands;
  private final Map<String, Purpose> purposes;
  private final List<Jurisdiction> jurisdictions;

  Purposes(
      List<String> languages,
      Brand.Controller controller,
      Map<String, Brand> brands,
      Map<String, Purpose> purposes,
      List<Jurisdiction> jurisdictions) {
    this.languages = languages;
    this.controller = controller;
    this.brands = brands;
    this.purposes = purposes;
    this.jurisdictions = List.copyOf(jurisdictions);
  }

  /**
   * Reads the file.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  public static Purposes read(Path file) {
    return ConfigFile.read(file, ReadPurposes::of);
  }

  /** Reads the text of a file called {@code name}. */
  public static Purposes parse(String name, String text) {
    return ConfigFile.parse(name, text, ReadPurposes::of);
  }

  /** The languages that every text is there in; empty where none is demanded. */
  public List<String> languages() {
    return languages;
  }

  /** The purposes in the order of the file. */
  public List<Purpose> all() {
    return List.copyOf(purposes.values());
  }

  /** The purpose of that name. */
  public Optional<Purpose> purpose(String name) {
    return Optional.ofNullable(purposes.get(name));
  }

  /** The brands that a consent can name; empty where the company has one. */
  public List<Brand> brands() {
    return List.copyOf(brands.values());
  }

  /**
   * Who is responsible for what is done under a brand.
   *
   * @param brand null: the company as a whole
   */
  public Optional<Brand.Controller> controller(String brand) {
    var named = brand == null ? null : brands.get(brand);
    return Optional.ofNullable(named == null ? controller : named.controller());
  }

  /** The laws that count, and for whom. */
  public List<Jurisdiction> jurisdictions() {
    return jurisdictions;
  }

  /** Why the ledger cannot take the statement; empty where it can. */
  public Optional<String> refusal(Consent consent) {
    return subjectRefusal(consent.subject())
        .or(
            () ->
                consent.state() == null
                    ? Optional.of(refusal("state", null, List.of(Consent.State.values())))
                    : Optional.empty())
        .or(() -> partRefusal("legalBasis", consent.legalBasis(), LEGAL_BASES))
        .or(() -> Evidence.refusal(consent.evidence()));
  }

  /** Why nobody can ask or say anything about this; empty where one can. */
  public Optional<String> subjectRefusal(Consent.Subject subject) {
    Purpose purpose = purposes.get(subject.purpose());
    if (purpose == null) {
      return Optional.of(refusal("purpose", subject.purpose(), purposes.keySet()));
    }
    return channelRefusal(purpose, subject.channel())
        .or(() -> partRefusal("topic", subject.topic(), purpose.topicNames()))
        .or(() -> partRefusal("brand", subject.brand(), brands.keySet()));
  }

  private static Optional<String> channelRefusal(Purpose purpose, String channel) {
    Set<String> allowed = new HashSet<>(purpose.channels());
    allowed.add(Coverage.ANY);
    return channel == null || !allowed.contains(channel)
        ? Optional.of(refusal("channel", channel, allowed.stream().sorted().toList()))
        : Optional.empty();
  }

  private static Optional<String> partRefusal(String what, String given, Collection<String> known) {
    return given == null || known.contains(given)
        ? Optional.empty()
        : Optional.of(refusal(what, given, known));
  }

  private static String refusal(String what, String given, Collection<?> known) {
    return what + ": " + given + " (expected: one of " + known + ")";
  }
}
