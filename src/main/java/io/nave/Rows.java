package io.nave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The rows of a CSV file with a header, or of an NDJSON file; UTF-8, read as a stream. */
final class Rows implements Iterator<Line>, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a file is written. */
  enum Format {
    csv,
    ndjson;

    /** By the file's name; CSV where it says nothing. */
    static Format of(Path file) {
      var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return name.endsWith(".ndjson") || name.endsWith(".jsonl") ? ndjson : csv;
    }
  }

  /** Reads one row, or null at the end. */
  private interface Source {
    Line next() throws IOException;
  }

  private final BufferedReader reader;
  private final List<String> columns;
  private final Source source;
  private Line next;

  private Rows(BufferedReader reader, List<String> columns, Source source) throws IOException {
    this.reader = reader;
    this.columns = columns;
    this.source = source;
    this.next = source.next();
  }

  static Rows open(Path file, Format format) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("file: %s (expected: a readable file)".formatted(file));
    }
    // malformed UTF-8 becomes the replacement character, as in most programs
    var reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    return format == Format.csv ? csv(reader) : new Rows(reader, List.of(), ndjson(reader));
  }

  private static Rows csv(BufferedReader reader) throws IOException {
    skipByteOrderMark(reader);
    var parser =
        CSVParser.parse(
            reader, CSVFormat.RFC4180.builder().setHeader().setIgnoreEmptyLines(true).get());
    var records = parser.iterator();
    return new Rows(
        reader,
        parser.getHeaderNames(),
        () -> {
          long line = parser.getCurrentLineNumber() + 1;
          if (!records.hasNext()) {
            return null;
          }
          var row = JSON.createObjectNode();
          records.next().toMap().forEach(row::put);
          return new Line(line, row);
        });
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  private static Source ndjson(BufferedReader reader) {
    var number = new long[1];
    return () -> {
      String text;
      do {
        text = reader.readLine();
        number[0]++;
      } while (text != null && text.isBlank());
      return text == null ? null : new Line(number[0], object(text));
    };
  }

  private static ObjectNode object(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  /** The columns of a CSV file; empty for NDJSON, where each row has its own. */
  List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Line next() {
    if (next == null) {
      throw new NoSuchElementException("no more rows");
    }
    var line = next;
    try {
      next = source.next();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
