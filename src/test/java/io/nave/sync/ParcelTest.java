package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParcelTest {
  private static final JsonPointer EMAIL = JsonPointer.compile("/profile/email");
  private static final String WANTED = "{\"profile\":{\"email\":\"b@x.example\",\"name\":\"Bo\"}}";

  private static JsonNode holds(String before) {
    var known = before == null ? null : CanonicalJson.parse(before);
    return new Spoke.Parcel("update", "7", null, 1, CanonicalJson.parse(WANTED), known, false)
        .without(List.of(EMAIL));
  }

  @Test
  void whatWasLeftIsAsItWasBefore() {
    assertThat(holds("{\"profile\":{\"email\":\"a@x.example\",\"name\":\"Al\"}}"))
        .isEqualTo(
            CanonicalJson.parse("{\"profile\":{\"email\":\"a@x.example\",\"name\":\"Bo\"}}"));
  }

  @Test
  void whatWasLeftAndWasNotThereIsNotThere() {
    var withoutEmail = CanonicalJson.parse("{\"profile\":{\"name\":\"Bo\"}}");
    assertThat(holds("{\"profile\":{}}")).isEqualTo(withoutEmail);
    assertThat(holds(null)).isEqualTo(withoutEmail);
  }
}
