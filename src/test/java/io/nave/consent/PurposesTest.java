package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.platform.InvalidConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PurposesTest {
  private final Purposes purposes = Purposes.read(Path.of("config", "purposes.yaml"));

  @Test
  void takesWhatIsConfigured() {
    assertThat(purposes.refusal(consent("marketing", "email", "newsletter"))).isEmpty();
    assertThat(purposes.refusal(consent("terms", "any", null))).isEmpty();
  }

  @Test
  void refusesWhatIsNot() {
    assertThat(purposes.refusal(consent("spam", "email", null)))
        .hasValueSatisfying(m -> assertThat(m).startsWith("purpose: spam (expected: one of ["));
    assertThat(purposes.refusal(consent("marketing", "fax", null)))
        .hasValueSatisfying(m -> assertThat(m).startsWith("channel: fax"));
    assertThat(purposes.refusal(consent("terms", "email", null)))
        .contains("channel: email (expected: one of [any])");
    assertThat(purposes.refusal(consent("marketing", "email", "weather")))
        .hasValueSatisfying(m -> assertThat(m).startsWith("topic: weather"));
  }

  @Test
  void reportsAllMistakesTogetherWithTheirLines() {
    String text =
        """
        brand: []
        purposes:
          - name: marketing
            legalBasis: hope
            channels: [email, fax]
          - name: marketing
        """;
    assertThatThrownBy(() -> Purposes.parse("purposes.yaml", text))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .hasSize(4)
                    .anyMatch(m -> m.startsWith("purposes.yaml:1: brand: unknown key"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:4: purposes[].legalBasis: hope"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:5: purposes[].channels: fax"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:6: purposes[].name: marketing")));
  }

  @Test
  void knowsEveryTextInSixLanguagesAndWhatEachPurposeDemands() {
    assertThat(purposes.languages()).containsExactly("en", "cy", "ar", "zh", "pl", "th");
    var marketing = purposes.purpose("marketing").orElseThrow();
    assertThat(marketing.needsDoubleOptIn("email")).isTrue();
    assertThat(marketing.needsDoubleOptIn("sms")).isFalse();
    assertThat(marketing.knownWithin()).isEqualTo(Duration.ofHours(1));
    assertThat(marketing.topics().get(0).title()).containsEntry("cy", "Cylchlythyr");
    var notice = marketing.noticeAt(Instant.parse("2026-02-01T00:00:00Z")).orElseThrow();
    assertThat(notice.wording()).containsKeys("en", "cy", "ar", "zh", "pl", "th");
    assertThat(marketing.notice(notice.version())).contains(notice);
    assertThat(marketing.noticeAt(Instant.parse("2025-12-31T23:59:59Z"))).isEmpty();
    var partners = purposes.purpose("third-party").orElseThrow();
    assertThat(partners.grantLasts()).isEqualTo(Period.ofYears(2));
    assertThat(partners.boundToAddress()).containsExactly("phone");
    assertThat(purposes.purpose("sale-sharing").orElseThrow().conflict())
        .isEqualTo(Conflict.CUSTOMER_FIRST);
    assertThat(purposes.jurisdictions())
        .extracting(Jurisdiction::law)
        .containsExactly(Law.GDPR, Law.EPRIVACY, Law.CCPA, Law.TCPA);
    assertThat(purposes.controller(null)).isPresent();
  }

  @Test
  void refusesEvidenceThatIsTooLarge() {
    var large = Map.<String, Object>of("page", java.util.List.of("x".repeat(20_000)));
    var consent = new Consent("terms", "any", null, null, null, State.granted, null, null, large);
    assertThat(purposes.refusal(consent))
        .contains("evidence: 20004 characters (expected: at most 16384)");
  }

  @Test
  void reportsEveryMistakeOfTheNewKeysWithItsLine() {
    String text =
        """
        languages: [en, cy]
        brands:
          - name: acme
            title: {en: Acme}
            controller: {name: Acme Ltd, address: Here, country: XX, email: a@b.example}
        purposes:
          - name: marketing
            channels: [email]
            doubleOptIn: [sms]
            grantLasts: two years
            knownWithin: soon
            conflict: loudest
            title: {en: Marketing, cy: Marchnata}
            text: {en: Yes, cy: Ie, q1: Huh}
            topics:
              - name: offers
              - name: offers
                title: {en: Offers, cy: Cynigion}
            notices:
              - {version: m-1, from: yesterday, wording: {en: Yes, cy: Ie}}
        jurisdictions:
          - name: Codex
            countries: [GB]
          - name: TCPA
            countries: []
            purposes: [markting]
        """;
    assertThatThrownBy(() -> Purposes.parse("p.yaml", text))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes().stream().map(m -> m.replaceAll(" \\(expected.*", "")))
                    .containsExactlyInAnyOrder(
                        "p.yaml:4: brands[].title: nothing in cy",
                        "p.yaml:5: brands[].controller.country: XX",
                        "p.yaml:9: purposes[].doubleOptIn: sms",
                        "p.yaml:10: purposes[].grantLasts: two years",
                        "p.yaml:11: purposes[].knownWithin: soon",
                        "p.yaml:12: purposes[].conflict: loudest",
                        "p.yaml:14: purposes[].text.q1: no language",
                        "p.yaml:16: purposes[].topics[].title: nothing in en, cy",
                        "p.yaml:17: purposes[].topics[].name: offers twice",
                        "p.yaml:20: purposes[].notices[].from: yesterday",
                        "p.yaml:22: jurisdictions[].name: Codex",
                        "p.yaml:25: jurisdictions[].countries: none",
                        "p.yaml:26: jurisdictions[].purposes: markting"));
  }

  private static Consent consent(String purpose, String channel, String topic) {
    return new Consent(purpose, channel, topic, null, null, State.granted, null, null, Map.of());
  }
}
