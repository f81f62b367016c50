package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import io.nave.canonical.SourceKey;
import io.nave.consent.Jurisdiction.Home;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecideByLawTest {
  private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
  private static final List<Home> CARDIFF = List.of(new Home("GB", null));
  private static final List<Home> SAN_JOSE = List.of(new Home("US", "CA"));
  private static final List<Home> BOSTON = List.of(new Home("US", "MA"));
  private static final String ONE = "+14155550100";
  private static final String TWO = "+14155550101";

  private final Purposes purposes = Purposes.read(Path.of("config", "purposes.yaml"));

  private String decide(String subject, List<Home> homes, ConsentEntry... said) {
    return decide(purposes, subject, homes, said);
  }

  private static String decide(
      Purposes by, String subject, List<Home> homes, ConsentEntry... said) {
    var parts = (subject + ":::").split(":", -1);
    var address = parts[2].isEmpty() ? null : parts[2];
    var folded = new ConsentFold(by).fold(List.of(said), AT);
    var decision =
        new DecideByLaw(by)
            .decide(
                new DecideByLaw.Question(
                    new Subject(parts[0], parts[1], null, null, address),
                    List.of(ONE, TWO),
                    homes,
                    folded));
    return Stream.of(decision.code(), decision.law(), decision.subject().boundTo())
        .map(String::valueOf)
        .reduce(decision.allowed() ? "yes" : "no", (a, b) -> a + " " + b);
  }

  private static ConsentEntry said(String purpose, String channel, State state, String address) {
    var at = Instant.parse("2026-05-03T10:00:00Z");
    var consent = new Consent(purpose, channel, null, null, address, state, at, null, Map.of());
    return new ConsentEntry(new SourceKey("crm", "1"), consent, at);
  }

  @Test
  void needsAYesWhereThePurposeRestsOnConsent() {
    assertThat(decide("profiling:post", CARDIFF)).isEqualTo("no nothing-said GDPR null");
    assertThat(decide("profiling:post", BOSTON)).isEqualTo("no nothing-said null null");
    assertThat(decide("profiling:post", CARDIFF, said("profiling", "post", State.granted, null)))
        .isEqualTo("yes granted GDPR null");
    assertThat(decide("profiling:post", CARDIFF, said("profiling", "post", State.pending, null)))
        .isEqualTo("no pending GDPR null");
    assertThat(decide("profiling:post", CARDIFF, said("profiling", "any", State.denied, null)))
        .isEqualTo("no denied GDPR null");
  }

  @Test
  void goesOnUnderAnotherBasisUntilSomebodySaysNo() {
    assertThat(decide("service:email", CARDIFF)).isEqualTo("yes legal-basis GDPR null");
    assertThat(decide("service:email", CARDIFF, said("service", "email", State.pending, null)))
        .isEqualTo("yes legal-basis GDPR null");
    assertThat(decide("service:email", CARDIFF, said("service", "any", State.withdrawn, null)))
        .isEqualTo("no withdrawn GDPR null");
  }

  @Test
  void ePrivacyDemandsAYesWhateverThePurposeRestsOn() {
    var interest =
        Purposes.parse(
            "purposes.yaml",
            """
            purposes:
              - name: marketing
                legalBasis: legitimate-interest
                channels: [email, post]
            jurisdictions:
              - {name: ePrivacy, countries: [GB], unknownCountry: true, channels: [email]}
            """);
    assertThat(decide(interest, "marketing:email", CARDIFF))
        .isEqualTo("no nothing-said ePrivacy null");
    assertThat(decide(interest, "marketing:email", List.of())).startsWith("no nothing-said");
    assertThat(decide(interest, "marketing:email", BOSTON)).isEqualTo("yes legal-basis null null");
    assertThat(decide(interest, "marketing:post", CARDIFF)).isEqualTo("yes legal-basis null null");
  }

  @Test
  void theCcpaAllowsUntilSheSaysNoUnlessTheGdprReachesHerToo() {
    assertThat(decide("sale-sharing:any", SAN_JOSE)).isEqualTo("yes opt-out CCPA null");
    assertThat(
            decide(
                "sale-sharing:any", SAN_JOSE, said("sale-sharing", "any", State.withdrawn, null)))
        .isEqualTo("no withdrawn CCPA null");
    assertThat(decide("sale-sharing:any", BOSTON)).isEqualTo("no nothing-said null null");
    assertThat(decide("sale-sharing:any", List.of())).isEqualTo("no nothing-said GDPR null");
    var both = Stream.concat(SAN_JOSE.stream(), CARDIFF.stream()).toList();
    assertThat(decide("sale-sharing:any", both)).isEqualTo("no nothing-said GDPR null");
  }

  @Test
  void whatOneLawAllowsAnotherStillDemands() {
    var two =
        Purposes.parse(
            "purposes.yaml",
            """
            purposes:
              - {name: sale-sharing, legalBasis: consent}
            jurisdictions:
              - {name: GDPR, countries: [US]}
              - {name: CCPA, countries: [US], regions: [CA]}
            """);
    assertThat(decide(two, "sale-sharing:any", SAN_JOSE)).isEqualTo("no nothing-said GDPR null");
  }

  @Test
  void theTcpaDemandsAYesThatNamesTheNumber() {
    var unbound = said("marketing", "sms", State.granted, null);
    assertThat(decide("marketing:sms", BOSTON, unbound)).startsWith("no not-bound TCPA " + ONE);
    assertThat(decide("marketing:sms", CARDIFF, unbound)).startsWith("yes granted ePrivacy null");
    var two = said("marketing", "sms", State.granted, TWO);
    assertThat(decide("marketing:sms", BOSTON, two)).isEqualTo("yes granted TCPA " + TWO);
    assertThat(decide("marketing:sms:" + ONE, BOSTON, two)).startsWith("no nothing-said TCPA");
  }

  @Test
  void aYesForOneNumberIsNoneForAnother() {
    var grant = said("third-party", "phone", State.granted, ONE);
    assertThat(decide("third-party:phone:" + ONE, CARDIFF, grant)).startsWith("yes granted GDPR");
    assertThat(decide("third-party:phone:" + TWO, CARDIFF, grant)).startsWith("no nothing-said");
    assertThat(decide("third-party:phone", CARDIFF, grant)).isEqualTo("yes granted GDPR " + ONE);
  }

  @Test
  void aStopForOneNumberLeavesTheOther() {
    var grant = said("marketing", "sms", State.granted, null);
    var stop = said("marketing", "sms", State.withdrawn, ONE);
    assertThat(decide("marketing:sms:" + ONE, CARDIFF, grant, stop)).startsWith("no withdrawn");
    assertThat(decide("marketing:sms", CARDIFF, grant, stop))
        .isEqualTo("yes granted ePrivacy " + TWO);
  }

  @Test
  void saysWhyInWords() {
    var asked = new Subject("marketing", "email", "offers", null, null);
    var question = new DecideByLaw.Question(asked, List.of(), CARDIFF, List.of());
    assertThat(new DecideByLaw(purposes).decide(question).reason())
        .isEqualTo(
            "nobody said anything about marketing on channel email, topic offers, and ePrivacy"
                + " needs a yes");
    var folded =
        new ConsentFold(purposes).fold(List.of(said("marketing", "any", State.denied, null)), AT);
    var told = new DecideByLaw.Question(asked, List.of(), CARDIFF, folded);
    assertThat(new DecideByLaw(purposes).decide(told).reason())
        .isEqualTo("denied: latest decision");
  }

  @Test
  void refusesWhatPurposesDoNotHave() {
    var question =
        new DecideByLaw.Question(
            new Subject("spam", "email", null, null, null), List.of(), CARDIFF, List.of());
    assertThatThrownBy(() -> new DecideByLaw(purposes).decide(question))
        .hasMessageStartingWith("purpose: spam (expected: one of [");
  }
}
