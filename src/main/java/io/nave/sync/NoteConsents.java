package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.golden.GoldenRecords;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds, in the transaction that changes customers, which records of which spokes have to hold what
 * from now on. Only customers count where somebody said something about consent, or where records
 * came, went or moved; a record that says the same itself needs no notice, unless the hub has told
 * it otherwise since.
 */
@ApplicationScoped
class NoteConsents {
  private final Spokes spokes;
  private final ConsentNotices notices;

  NoteConsents(Spokes spokes, ConsentNotices notices) {
    this.spokes = spokes;
    this.notices = notices;
  }

  /** What has to be written down. */
  private static final class Batch {
    final Map<String, Spoke> receiving;
    final List<SourceKey> known = new ArrayList<>();
    final List<Notice> wanted = new ArrayList<>();
    final List<Notice.Said> said = new ArrayList<>();
    final Instant now;

    Batch(List<Spoke> receiving, Instant now) {
      this.now = now;
      this.receiving =
          receiving.stream().collect(Collectors.toMap(Spoke::name, Function.identity()));
    }
  }

  /** After a reconciling transaction has computed these versions. */
  void reconciled(
      Connection connection,
      Working work,
      Map<UUID, List<StoredRecord>> members,
      Collection<GoldenRecords.Version> versions,
      Map<UUID, Boolean> urgent,
      Instant now)
      throws SQLException {
    var batch = new Batch(spokes.receiving(), now);
    if (batch.receiving.isEmpty()) {
      return;
    }
    for (var version : versions) {
      var of = members.getOrDefault(version.id(), List.of());
      if (of.stream().anyMatch(work::isNewsOfConsent)) {
        note(batch, version, of, urgent.getOrDefault(version.id(), false), work::isNew);
      }
    }
    notices.note(connection, batch.known, batch.wanted, batch.said, now);
    notices.reopen(connection, contradicted(work, now));
    ToldNotices.echoed(connection, work.echoed(), now);
  }

  /** After these versions were computed from the records as they are. */
  void recomputed(
      Connection connection,
      Map<UUID, List<StoredRecord>> members,
      Collection<GoldenRecords.Version> versions,
      Instant now)
      throws SQLException {
    var batch = new Batch(spokes.receiving(), now);
    if (batch.receiving.isEmpty()) {
      return;
    }
    for (var version : versions) {
      note(batch, version, members.getOrDefault(version.id(), List.of()), false, record -> false);
    }
    notices.note(connection, batch.known, batch.wanted, batch.said, now);
  }

  private static void note(
      Batch batch,
      GoldenRecords.Version version,
      List<StoredRecord> members,
      boolean urgent,
      Predicate<StoredRecord> isNew) {
    var there =
        members.stream().filter(one -> batch.receiving.containsKey(one.key().spoke())).toList();
    there.stream().filter(isNew.negate()).map(StoredRecord::key).forEach(batch.known::add);
    var holders = there.stream().filter(one -> !one.deleted()).toList();
    if (holders.isEmpty() || members.stream().allMatch(one -> one.consents().isEmpty())) {
      return;
    }
    for (var standing : Notice.standing(CanonicalJson.parse(version.state()))) {
      for (var record : holders) {
        boolean holds = batch.receiving.get(record.key().spoke()).holds(standing.subject());
        if (holds) {
          var notice = notice(record, version, standing, urgent, batch.now);
          own(record, standing)
              .ifPresentOrElse(
                  own -> batch.said.add(new Notice.Said(notice, own.recordedAt())),
                  () -> batch.wanted.add(notice));
        }
      }
    }
  }

  private static Notice notice(
      StoredRecord record,
      GoldenRecords.Version version,
      Notice.Standing standing,
      boolean urgent,
      Instant now) {
    return new Notice(
        record.key(),
        version.id(),
        version.version(),
        standing.subject(),
        standing.state(),
        standing.decidedAt(),
        urgent,
        now);
  }

  /** The record's own word, where it is the same. */
  private static Optional<StatedConsent> own(StoredRecord record, Notice.Standing standing) {
    return record.consents().stream()
        .filter(own -> own.consent().state() == standing.state())
        .filter(own -> own.consent().subject().equals(standing.subject()))
        .findFirst();
  }

  /** About what records say now other than the hub had written there. */
  private static List<ConsentNotices.Contradicted> contradicted(Working work, Instant since) {
    var contradicted = new ArrayList<ConsentNotices.Contradicted>();
    work.heldNow.forEach(
        (key, now) -> {
          var told = new HashMap<Consent.Subject, Consent.State>();
          work.written.get(key).held().consents().forEach(c -> told.put(c.subject(), c.state()));
          now.consents().stream()
              .filter(c -> told.get(c.subject()) != c.state())
              .forEach(
                  c -> contradicted.add(new ConsentNotices.Contradicted(key, c.subject(), since)));
        });
    return contradicted;
  }
}
