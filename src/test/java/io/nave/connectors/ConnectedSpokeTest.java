package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.nave.canonical.Consent;
import io.nave.canonical.Standardise;
import io.nave.sync.CanonicalJson;
import io.nave.sync.Held;
import io.nave.sync.ObservationReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectedSpokeTest {
  private static final String NAME =
      "{\"attributes\": {\"type\": \"Contact\"}, \"LastName\": \"Roe\"";

  private final ConnectedSpoke salesforce = spoke(Path.of("connectors", "salesforce"));

  private static ConnectedSpoke spoke(Path folder) {
    return new ConnectedSpoke(
        "crm",
        ConnectorDescriptor.load(folder.resolve("connector.yaml")),
        true,
        Mapping.compile(folder.resolve("to-canonical.jslt")),
        Mapping.compile(folder.resolve("from-canonical.jslt")),
        ObservationReader.load(new Standardise("GB")),
        null,
        Clock.systemUTC());
  }

  private Held reported(String record, String before) {
    return salesforce.reportedBack(CanonicalJson.parse(record), CanonicalJson.parse(before));
  }

  @Test
  void expectsATickThatIsTakenAwayToBeReportedAsAYes() {
    var reported = reported(NAME + "}", NAME + ", \"HasOptedOutOfEmail\": true}");
    assertThat(reported.consents())
        .extracting(Consent::channel, Consent::state)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("email", Consent.State.granted));
  }

  @Test
  void expectsNothingOfATickThatWasNotThere() {
    assertThat(reported(NAME + "}", NAME + ", \"HasOptedOutOfEmail\": false}").consents())
        .isEmpty();
    assertThat(reported(NAME + "}", NAME + "}").consents()).isEmpty();
  }

  @Test
  void knowsTheFieldsThatASinkLeft() {
    assertThat(ConnectedSpoke.left(null)).isEmpty();
    assertThat(ConnectedSpoke.left(List.of("/profile/email")))
        .containsExactly(JsonPointer.compile("/profile/email"));
  }

  @Test
  void refusesWhatNamesNoField() {
    assertThatThrownBy(() -> ConnectedSpoke.left(List.of("Email")))
        .hasMessage("the sink's answer: left: Email (expected: a JSON pointer, such as /Email)");
    assertThatThrownBy(() -> ConnectedSpoke.left(List.of("/")))
        .hasMessageContaining("left: / (expected");
    assertThatThrownBy(() -> ConnectedSpoke.left("/Email"))
        .hasMessage("the sink's answer: left: /Email (expected: a list)");
  }

  @Test
  void expectsATickThatStays() {
    var ticked = NAME + ", \"DoNotCall\": true}";
    assertThat(reported(ticked, ticked).consents())
        .extracting(Consent::state)
        .containsExactly(Consent.State.withdrawn);
  }
}
