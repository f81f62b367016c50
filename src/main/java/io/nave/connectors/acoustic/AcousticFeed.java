package io.nave.connectors.acoustic;

import io.nave.connectors.SpokeSettings;
import io.nave.sync.Cursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bean {@code acousticFeed} of the source Kamelet. The first look finds all contacts; each one
 * after it finds who opted out or in, and which contacts were modified, since the look before, with
 * an overlap for clocks that differ and for changes that show late.
 */
@ApplicationScoped
@Named("acousticFeed")
public class AcousticFeed {
  private static final String POSITION = "contacts";

  private final Map<String, Set<Long>> seen = new ConcurrentHashMap<>();
  private final SpokeSettings spokes;
  private final Cursors cursors;
  private final Exports exports;
  private final Clock clock;

  public AcousticFeed(SpokeSettings spokes, Cursors cursors, Exports exports, Clock clock) {
    this.spokes = spokes;
    this.cursors = cursors;
    this.exports = exports;
    this.clock = clock;
  }

  /** Looks once. Close the batch in any case; {@link #done} only when its pages are in the log. */
  public Batch look(String spoke) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String position = cursors.read(spoke, POSITION);
    return position == null ? everything(spoke, now) : changes(spoke, Instant.parse(position), now);
  }

  /** Moves the position past the batch. */
  public void done(String spoke, Batch batch) {
    cursors.write(spoke, POSITION, batch.position().toString());
    if (cursors.read(spoke, Cursors.LOAD) == null) {
      cursors.write(spoke, Cursors.LOAD, Cursors.DONE);
    }
    seen.put(spoke, Set.copyOf(batch.found()));
  }

  private Batch everything(String spoke, Instant now) {
    ExportFile file = exports.file(spoke, exports.contacts(spoke), "RECIPIENT_ID");
    Records records = new Records(exports.times(spoke), Instant.MIN);
    return new Batch(now, List.of(new Batch.Part(file, records::contact)), null);
  }

  private Batch changes(String spoke, Instant position, Instant now) {
    Duration overlap = Settings.duration(spokes.get(spoke, "overlap"));
    Instant from = position.minus(overlap);
    Instant to = now.plus(overlap);
    Exports.Job decisions = exports.decisions(spoke, from, to);
    Exports.Job contacts = exports.contacts(spoke, from, to);
    Records records = new Records(exports.times(spoke), position);
    List<Batch.Part> parts = new ArrayList<>();
    Batch batch = null;
    try {
      parts.add(new Batch.Part(exports.file(spoke, decisions, "Recipient Id"), records::decision));
      parts.add(new Batch.Part(exports.file(spoke, contacts, "RECIPIENT_ID"), records::contact));
      batch = new Batch(now, parts, seen.getOrDefault(spoke, Set.of()));
      return batch;
    } finally {
      if (batch == null) {
        parts.forEach(part -> part.file().close());
      }
    }
  }
}
