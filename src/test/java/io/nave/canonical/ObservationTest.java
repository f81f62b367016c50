package io.nave.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-01-06T10:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-01-07T10:00:00Z");

  private static Consent consent(String channel, Consent.State state, Instant decidedAt) {
    return new Consent("marketing", channel, null, null, null, state, decidedAt, null, null);
  }

  private static Observation saying(Consent... consents) {
    return new Observation(
        new SourceKey("crm", "7"),
        Observation.Kind.snapshot,
        WEDNESDAY,
        AttributeValues.toCustomer(Map.of("gender", "other")),
        Set.of("gender"),
        List.of(consents),
        List.of(),
        List.of());
  }

  private static String told(Observation one) {
    var states = one.consents().stream().map(consent -> consent.channel() + " " + consent.state());
    return "%s %s %s %s"
        .formatted(one.kind(), one.changedAt(), one.stated(), String.join(", ", states.toList()));
  }

  @Test
  void oneDecisionOnEachIsSaidAtOnce() {
    var one =
        saying(
            consent("email", Consent.State.granted, MONDAY),
            consent("phone", Consent.State.withdrawn, MONDAY));
    assertThat(one.byDecision()).containsExactly(one);
    assertThat(saying().byDecision()).containsExactly(saying());
  }

  @Test
  void severalOnTheSameAreSaidOneAfterTheOther() {
    var several =
        saying(
            consent("email", Consent.State.granted, MONDAY),
            consent("phone", Consent.State.denied, MONDAY),
            consent("email", Consent.State.withdrawn, null),
            consent("email", Consent.State.granted, TUESDAY));
    assertThat(several.byDecision().stream().map(ObservationTest::told))
        .containsExactly(
            "patch " + MONDAY + " [] email granted",
            "patch " + WEDNESDAY + " [] email withdrawn",
            "snapshot " + WEDNESDAY + " [gender] phone denied, email granted");
    assertThat(several.byDecision().stream().map(Observation::key).distinct()).hasSize(1);
    assertThat(several.byDecision().get(0).customer().gender()).isNull();
  }
}
