package io.nave.connectors.acoustic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.VendorError;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AcousticContactsTest {

  /**
   * Says that a contact has the address, which another one takes away from it before it is read.
   */
  private static final class Moving extends AcousticApi {
    Moving() {
      super((spoke, key) -> key, null, null);
    }

    @Override
    Answer call(String spoke, XmlCommand command) {
      throw new VendorError(command.name().equals("AddRecipient") ? "122" : "128", "refused");
    }
  }

  @Test
  void aContactThatLostItsAddressMeanwhileIsTriedAgain() {
    var parcel =
        Map.<String, Object>of(
            "customerId", "7", "record", Map.of("Email", "a@example.org", "Opted Out", "F"));
    assertThatThrownBy(() -> new AcousticContacts(new Moving()).create("acoustic", parcel))
        .asInstanceOf(InstanceOfAssertFactories.type(VendorError.class))
        .extracting(VendorError::code)
        .isEqualTo("moved");
  }
}
