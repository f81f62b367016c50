package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.consent.Purposes;
import io.nave.sync.Link.Use;
import io.nave.sync.LinkWish;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads what links are wished for, and says what is wrong. */
final class LinkWishes {
  private static final Set<String> KNOWN =
      Set.of(
          "customerId",
          "record",
          "email",
          "use",
          "purpose",
          "channel",
          "topic",
          "brand",
          "lifetime");
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final CentreConfig config;
  private final Purposes purposes;

  LinkWishes(CentreConfig config, Purposes purposes) {
    this.config = config;
    this.purposes = purposes;
  }

  /** Why there is no link. */
  static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String pointer;

    Mistake(String pointer, String given, String expected) {
      super(
          (pointer.isEmpty() ? "" : pointer.substring(1) + ": ")
              + given
              + " (expected: "
              + expected
              + ")");
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }
  }

  /**
   * The wishes of one item: one for each use.
   *
   * @throws Mistake where it is not understood
   */
  List<LinkWish> read(JsonNode item) {
    if (!item.isObject()) {
      throw new Mistake("", "not an object", "customerId, record or email, and use");
    }
    item.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new Mistake("/" + name, "unknown", String.join(", ", KNOWN));
              }
            });
    var wishes = new ArrayList<LinkWish>();
    for (var use : uses(item.path("use"))) {
      wishes.add(wish(item, use));
    }
    return wishes;
  }

  private static List<Use> uses(JsonNode node) {
    var uses = new ArrayList<Use>();
    for (var one : node.isArray() ? node : List.of(node)) {
      var expected = "manage, unsubscribe, confirm, or a list of them";
      uses.add(
          Arrays.stream(Use.values())
              .filter(use -> use.name().equals(one.textValue()))
              .findFirst()
              .orElseThrow(() -> new Mistake("/use", one.asText("nothing"), expected)));
    }
    if (uses.isEmpty()) {
      throw new Mistake("/use", "none", "at least one");
    }
    return uses;
  }

  private LinkWish wish(JsonNode item, Use use) {
    var purpose = text(item, "purpose");
    check(item, use, purpose);
    return new LinkWish(
        customer(item),
        record(item.path("record")),
        text(item, "email"),
        use,
        purpose,
        text(item, "channel"),
        text(item, "topic"),
        brand(item),
        lifetime(item, use));
  }

  private void check(JsonNode item, Use use, String purpose) {
    boolean named = item.has("customerId") || item.has("record") || item.has("email");
    if (!named) {
      throw new Mistake("", "nobody", "customerId, record or email");
    }
    if (use == Use.confirm && (purpose == null || text(item, "email") == null)) {
      throw new Mistake("", "confirm without purpose or email", "both");
    }
    if (purpose == null) {
      return;
    }
    var channel = text(item, "channel");
    var consent =
        new Consent(
            purpose,
            channel == null ? Offer.ANY : channel,
            text(item, "topic"),
            null,
            null,
            Consent.State.withdrawn,
            null,
            null,
            null);
    purposes
        .refusal(consent)
        .ifPresent(
            why -> {
              throw new Mistake(
                  "/purpose", why.replaceAll(" \\(.*", ""), "a purpose that has this");
            });
  }

  private static UUID customer(JsonNode item) {
    var text = text(item, "customerId");
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException wrong) {
      throw new Mistake("/customerId", text, "a UUID");
    }
  }

  private static SourceKey record(JsonNode record) {
    if (record.isMissingNode() || record.isNull()) {
      return null;
    }
    var spoke = text(record, "spoke");
    var id = text(record, "recordId");
    if (spoke == null || id == null) {
      throw new Mistake("/record", "not whole", "spoke and recordId");
    }
    return new SourceKey(spoke, id);
  }

  private String brand(JsonNode item) {
    var brand = text(item, "brand");
    if (brand != null && !config.hasBrand(brand)) {
      throw new Mistake("/brand", brand, "a brand of centre.yaml");
    }
    return brand;
  }

  private Duration lifetime(JsonNode item, Use use) {
    var text = text(item, "lifetime");
    try {
      var lifetime = text == null ? config.lifetime(use) : Duration.parse(text);
      if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
        throw new Mistake("/lifetime", text, "above zero, at most P3650D");
      }
      return lifetime;
    } catch (DateTimeParseException wrong) {
      throw new Mistake("/lifetime", text, "a duration such as P30D or PT1H");
    }
  }

  private static String text(JsonNode item, String name) {
    var value = item.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
      throw new Mistake("/" + name, "not a text", "a text");
    }
    return value.isTextual() && !value.asText().isBlank() ? value.asText().strip() : null;
  }
}
