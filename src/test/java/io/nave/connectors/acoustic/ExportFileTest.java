package io.nave.connectors.acoustic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.VendorError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People's data is not left in temporary files. */
class ExportFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("one.export"), text);
  }

  @Test
  void isDeletedWhenItWasRead() throws IOException {
    var file = file("RECIPIENT_ID,Email\n7,nia@x.example\n");
    try (var rows = ExportFile.open(file, "RECIPIENT_ID")) {
      assertThat(rows.next()).containsEntry("Email", "nia@x.example");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void isDeletedWhereItIsSomethingElse() throws IOException {
    var file = file("<html/>");
    assertThatThrownBy(() -> ExportFile.open(file, "RECIPIENT_ID")).isInstanceOf(VendorError.class);
    assertThat(file).doesNotExist();
  }
}
