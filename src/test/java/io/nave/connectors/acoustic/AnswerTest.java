package io.nave.connectors.acoustic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.connectors.ConnectorDescriptor;
import io.nave.platform.FailureKind;
import io.nave.platform.VendorError;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final ConnectorDescriptor ACOUSTIC =
      ConnectorDescriptor.load(Path.of("connectors/acoustic/connector.yaml"));

  private static FailureKind kind(String words, String id) {
    var answer =
        "<Envelope><Body><RESULT><SUCCESS>false</SUCCESS></RESULT><Fault><FaultString>"
            + words
            + "</FaultString><detail><error><errorid>"
            + id
            + "</errorid></error></detail></Fault></Body></Envelope>";
    var kind = new FailureKind[1];
    assertThatThrownBy(() -> Answer.read("GetLists", answer.getBytes(UTF_8)))
        .isInstanceOfSatisfying(VendorError.class, no -> kind[0] = ACOUSTIC.classify(no));
    return kind[0];
  }

  @Test
  void tooManyRequestsAtOnceAreToldByTheWordsOfAnAnswerWith200() {
    Assertions.assertThat(kind("Too many concurrent requests for this organization", "50"))
        .isEqualTo(FailureKind.THROTTLED);
    Assertions.assertThat(kind("Server Error", "50")).isEqualTo(FailureKind.TRANSIENT);
    Assertions.assertThat(kind("Session has expired", "145")).isEqualTo(FailureKind.UNAUTHORISED);
  }
}
