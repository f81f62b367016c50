package io.nave;

import io.nave.canonical.SourceKey;
import io.nave.canonical.Standardise;
import io.nave.identity.SourceRecord;
import io.nave.platform.Progress;
import io.nave.sync.ObservationReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Option;

/** How the commands of matching read files: exactly as the hub does. */
final class MatchOptions {
  private static final String SPOKE = "file";

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "How a row becomes a customer (.yaml or .jslt); without it, columns are recognised by"
              + " their usual names.")
  private Path mapping;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "The folder with matching.yaml (default: config).")
  private Path config;

  /**
   * A file as the hub would see it.
   *
   * @param truth what the column of the truth says, by record
   * @param refused rows that the hub would not take
   */
  record Read(List<SourceRecord> records, Map<Long, String> truth, long refused) {}

  Path matching() {
    return (config == null ? Path.of("config") : NaveMain.typed(config)).resolve("matching.yaml");
  }

  /**
   * Reads a file.
   *
   * @param hidden columns that are not looked at
   * @param truth the column that says who is who; null: none
   */
  Read read(Path file, Set<String> hidden, String truth, PrintWriter out) throws IOException {
    var format = Rows.Format.of(file);
    var rules = Mapping.of(mapping, file, format, hidden, out);
    var reading = new Reading(rules, truth);
    try (var rows = Rows.open(file, format);
        var progress = Progress.of("read", 0)) {
      while (rows.hasNext()) {
        reading.row(rows.next());
        progress.add(1);
      }
    }
    Mapping.tellDropped(rules, out);
    return reading.read();
  }

  /** Takes row after row; of one record the last row counts. */
  private static final class Reading {
    private final ObservationReader reader = ObservationReader.load(new Standardise(country()));
    private final Instant receivedAt = Instant.now();
    private final Map<SourceKey, SourceRecord> records = new LinkedHashMap<>();
    private final Map<Long, String> truths = new HashMap<>();
    private final Mapping rules;
    private final String truth;
    private long refused;

    Reading(Mapping rules, String truth) {
      this.rules = rules;
      this.truth = truth;
    }

    private static String country() {
      return ConfigProvider.getConfig()
          .getOptionalValue("nave.default-country", String.class)
          .orElse("GB");
    }

    void row(Line line) {
      if (line.row() == null) {
        refused++;
        return;
      }
      var answer = truth == null ? "" : line.row().path(truth).asText("").strip();
      if (truth != null) {
        line.row().remove(truth);
      }
      try {
        for (var observation : rules.observations(line.row())) {
          take(reader.read(SPOKE, observation, receivedAt), answer);
        }
      } catch (IllegalArgumentException wrong) {
        refused++;
      }
    }

    private void take(ObservationReader.Answer answer, String entity) {
      if (answer instanceof ObservationReader.Read read) {
        var key = read.observation().key();
        var known = records.get(key);
        long id = known == null ? records.size() + 1 : known.id();
        records.put(key, new SourceRecord(id, key, read.observation().customer(), false));
        truths.put(id, entity);
      } else {
        refused++;
      }
    }

    Read read() {
      return new Read(new ArrayList<>(records.values()), truths, refused);
    }
  }
}
