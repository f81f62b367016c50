package io.nave.sandbox.acoustic;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code ImportList}: adds and updates the contacts of an uploaded file with a header of column
 * names. The mapping file's action is honoured; its column order is not needed here.
 */
final class ImportCommand {
  private final Database database;
  private final Jobs jobs;
  private final StoredFiles files;

  ImportCommand(Database database, Jobs jobs, StoredFiles files) {
    this.database = database;
    this.jobs = jobs;
    this.files = files;
  }

  Map<String, Command> byName() {
    return Map.of("ImportList", this::start);
  }

  private void start(Request request, Reply reply) {
    Buffer map = file(request.required("MAP_FILE"));
    Buffer source = file(request.required("SOURCE_FILE"));
    boolean optOut = map.toString("UTF-8").contains("<ACTION>OPT_OUT</ACTION>");
    long job = jobs.start("Import of contacts", () -> load(source.toString("UTF-8"), optOut));
    reply.success("TRUE").tag("JOB_ID", job);
  }

  private Buffer file(String name) {
    Buffer content = files.get("/upload/" + name);
    if (content == null) {
      throw new Fault(Fault.SERVER_ERROR, "File not found in the upload directory: " + name);
    }
    return content;
  }

  private Map<String, String> load(String csv, boolean optOut) {
    int added = 0;
    int updated = 0;
    int bad = 0;
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var rows = format.parse(new StringReader(csv))) {
      for (CSVRecord row : rows) {
        switch (load(new LinkedHashMap<>(row.toMap()), optOut)) {
          case ADDED -> added++;
          case UPDATED -> updated++;
          case BAD -> bad++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("SQL_ADDED", "" + added, "SQL_UPDATED", "" + updated, "BAD_RECORDS", "" + bad);
  }

  private enum Outcome {
    ADDED,
    UPDATED,
    BAD
  }

  private Outcome load(Map<String, String> row, boolean optOut) {
    try {
      Contact known = database.byEmail(row.getOrDefault(StandardColumns.EMAIL, ""));
      Contact contact = known == null ? database.add(0, row) : known;
      if (known != null) {
        database.update(known, row);
      }
      if (optOut) {
        database.optOut(contact, "Import");
      }
      return known == null ? Outcome.ADDED : Outcome.UPDATED;
    } catch (Fault e) {
      return Outcome.BAD;
    }
  }
}
