package io.nave.connectors.acoustic;

import io.nave.connectors.SpokeSettings;
import io.nave.sync.Cursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bean {@code acousticFeed} of the source Kamelet. The first look finds all contacts; each one
 * after it finds which contacts were modified since the look before, with an overlap for clocks
 * that differ and for changes that show late. Who opted out or in is found by looks of their own,
 * so that an opt-out waits for no export of contacts.
 */
@ApplicationScoped
@Named("acousticFeed")
public class AcousticFeed {
  private static final String CONTACTS = "contacts";
  private static final String LOOKED = "contacts-looked";
  private static final String DECISIONS = "decisions";

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

  /**
   * Looks once. Close the batch in any case; {@link #done} only when its pages are in the log.
   *
   * @param timer the name of the timer that fired; one that ends with {@code -decisions} looks for
   *     opt-outs and opt-ins, any other for contacts
   */
  public Batch look(String spoke, String timer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (timer.endsWith("-" + DECISIONS)) {
      return decisions(spoke, now);
    }
    String position = cursors.read(spoke, CONTACTS);
    return position == null ? everything(spoke, now) : changes(spoke, Instant.parse(position), now);
  }

  /** Moves the position past the batch. */
  public void done(String spoke, Batch batch) {
    if (batch.position() == null) {
      return;
    }
    cursors.write(spoke, batch.name(), batch.position().toString());
    if (batch.name().equals(CONTACTS)) {
      cursors.write(spoke, LOOKED, batch.lookedAt().toString());
    }
    if (cursors.read(spoke, Cursors.LOAD) == null) {
      cursors.write(spoke, Cursors.LOAD, Cursors.DONE);
    }
    seen.put(spoke + " " + batch.name(), Set.copyOf(batch.found()));
  }

  private Batch everything(String spoke, Instant now) {
    ExportFile file = exports.file(spoke, exports.contacts(spoke), "RECIPIENT_ID");
    Records records = new Records(exports.times(spoke), Instant.MIN);
    return new Batch(CONTACTS, now, List.of(Batch.Part.of(file, records)), null);
  }

  private Batch changes(String spoke, Instant position, Instant now) {
    Duration overlap = overlap(spoke);
    Exports.Job job = exports.contacts(spoke, position.minus(overlap), now.plus(overlap));
    ExportFile file = exports.file(spoke, job, "RECIPIENT_ID");
    Records records = new Records(exports.times(spoke), lastLook(spoke, position));
    cursors.write(spoke, LOOKED, now.toString());
    return batch(spoke, CONTACTS, now, Batch.Part.of(file, records));
  }

  /**
   * When contacts were last looked for: later than the position where that look may have been
   * broken off while it was being handed on. Of what it found, what differs now is later.
   */
  private Instant lastLook(String spoke, Instant position) {
    String looked = cursors.read(spoke, LOOKED);
    return looked == null || Instant.parse(looked).isBefore(position)
        ? position
        : Instant.parse(looked);
  }

  /** Nothing before the first load, which brings the decisions with the contacts. */
  private Batch decisions(String spoke, Instant now) {
    String own = cursors.read(spoke, DECISIONS);
    String position = own == null ? cursors.read(spoke, CONTACTS) : own;
    if (position == null) {
      return new Batch(DECISIONS, null, List.of(), null);
    }
    Duration overlap = overlap(spoke);
    Instant from = Instant.parse(position).minus(overlap);
    Exports.Job job = exports.decisions(spoke, from, now.plus(overlap));
    ExportFile file = exports.file(spoke, job, "Recipient Id");
    Records records = new Records(exports.times(spoke), Instant.parse(position));
    Batch.Part part = new Batch.Part(file, records::decision, () -> Instant.MIN);
    return batch(spoke, DECISIONS, now, part);
  }

  private Batch batch(String spoke, String name, Instant now, Batch.Part part) {
    return new Batch(name, now, List.of(part), seen.getOrDefault(spoke + " " + name, Set.of()));
  }

  private Duration overlap(String spoke) {
    return Settings.duration(spokes.get(spoke, "overlap"));
  }
}
