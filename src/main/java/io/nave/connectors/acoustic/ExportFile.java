package io.nave.connectors.acoustic;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A downloaded export, read row by row; closing it deletes the file. */
final class ExportFile implements AutoCloseable, Iterator<Map<String, Object>> {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
          .setIgnoreEmptyLines(true)
          .get();

  private final CSVParser rows;
  private final Iterator<CSVRecord> iterator;

  private ExportFile(CSVParser rows) {
    this.rows = rows;
    this.iterator = rows.iterator();
  }

  /**
   * Opens a CSV file, or the one in a zip. Whatever happens then, the file is gone.
   *
   * @param column a column that must be there
   * @throws io.nave.platform.VendorError {@code malformed} where it is something else
   */
  static ExportFile open(Path file, String column) {
    try {
      CSVParser rows =
          CSVParser.parse(new InputStreamReader(text(file), StandardCharsets.UTF_8), FORMAT);
      if (rows.getHeaderNames().stream().noneMatch(column::equalsIgnoreCase)) {
        rows.close();
        throw Answer.malformed("export", "no column " + column);
      }
      return new ExportFile(rows);
    } catch (IOException | IllegalArgumentException e) {
      throw Answer.malformed("export", "the file cannot be read");
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return iterator.hasNext();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw Answer.malformed("export", "row " + rows.getRecordNumber() + " cannot be read");
    }
  }

  /** The next row's values that are not empty, by column. */
  @Override
  public Map<String, Object> next() {
    CSVRecord row = iterator.next();
    Map<String, Object> values = new LinkedHashMap<>();
    rows.getHeaderNames().stream()
        .filter(name -> !name.isBlank() && row.isSet(name) && !row.get(name).isBlank())
        .forEach(name -> values.put(name, row.get(name)));
    return values;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream text(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file, DELETE_ON_CLOSE));
    in.mark(2);
    boolean zip = in.read() == 'P' && in.read() == 'K';
    in.reset();
    if (!zip) {
      return in;
    }
    ZipInputStream unzipped = new ZipInputStream(in);
    if (unzipped.getNextEntry() == null) {
      throw new IOException("empty zip");
    }
    return unzipped;
  }
}
