package io.nave.sandbox.acoustic;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A text file of rows, as exports write it. */
final class DelimitedFile {
  /** The vendor's three formats. */
  enum Format {
    CSV(','),
    TAB('\t'),
    PIPE('|');

    private final char delimiter;

    Format(char delimiter) {
      this.delimiter = delimiter;
    }

    static Format named(String name) {
      for (Format format : values()) {
        if (format.name().equals(name)) {
          return format;
        }
      }
      throw new Fault(Fault.MISSING_PARAMETER, "Invalid EXPORT_FORMAT");
    }
  }

  private final char delimiter;
  private final StringBuilder text = new StringBuilder();

  DelimitedFile(Format format) {
    this.delimiter = format.delimiter;
  }

  void row(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(delimiter);
      }
      cell(values.get(i));
    }
    text.append("\r\n");
  }

  Buffer content() {
    return Buffer.buffer(text.toString(), "UTF-8");
  }

  /** A zip with one file. */
  static Buffer zip(String name, Buffer content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes());
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void cell(String value) {
    boolean quote =
        value.indexOf(delimiter) >= 0
            || value.indexOf('"') >= 0
            || value.indexOf('\n') >= 0
            || value.indexOf('\r') >= 0;
    text.append(quote ? '"' + value.replace("\"", "\"\"") + '"' : value);
  }
}
