package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Observation;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentEntry;
import io.nave.consent.ConsentFold;
import io.nave.consent.Effective;
import io.nave.consent.Purposes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a record keeps of its own statements is enough: the ledger says the same. */
class StatedConsentLaws {
  private static final HubsWrites NOTHING_WRITTEN =
      new HubsWrites(List.of(), false, List.of(), List.of(), null, null, null);

  private static final SourceKey[] KEYS = {new SourceKey("crm", "1"), new SourceKey("esp", "1")};

  private record Said(int record, String channel, State state, Long decided, String actor) {}

  @Provide
  Arbitrary<List<Said>> stories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.of("email", "any"),
            Arbitraries.of(State.class),
            Arbitraries.longs().between(1, 8).injectNull(0.3),
            Arbitraries.of("customer", "import", null))
        .as(Said::new)
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<ConsentFold> folds() {
    return Arbitraries.of("latest-act", "customer-first", "strictest")
        .map("purposes:\n  - name: marketing\n    grantLasts: P1D\n    conflict: "::concat)
        .map(text -> new ConsentFold(Purposes.parse("purposes.yaml", text)));
  }

  @Property(tries = 3000)
  void theRecordsHoldWhatTheLedgerHolds(
      @ForAll("stories") List<Said> story, @ForAll("folds") ConsentFold fold) {
    var records = new StoredRecord[] {StoredRecord.unheard(KEYS[0]), StoredRecord.unheard(KEYS[1])};
    var ledger = new ArrayList<ConsentEntry>();
    for (int i = 0; i < story.size(); i++) {
      var said = story.get(i);
      var at = time(i + 1);
      var outcome =
          ApplyObservation.apply(
              records[said.record()], observation(said, at), at, NOTHING_WRITTEN);
      records[said.record()] = outcome.record();
      outcome.entries().stream()
          .map(e -> new ConsentEntry(KEYS[said.record()], e.consent(), e.recordedAt()))
          .forEach(ledger::add);
    }
    var now = time(11);
    assertThat(states(fold.fold(GoldenState.entries(List.of(records)), now)))
        .isEqualTo(states(fold.fold(ledger, now)));
  }

  private static List<String> states(List<Effective> folded) {
    return folded.stream().map(e -> e.subject().channel() + e.state() + e.decidedAt()).toList();
  }

  private static Observation observation(Said said, Instant at) {
    Map<String, Object> evidence = said.actor() == null ? Map.of() : Map.of("actor", said.actor());
    var decided = said.decided() == null ? null : time(said.decided());
    var consent =
        new Consent(
            "marketing", said.channel(), null, null, null, said.state(), decided, null, evidence);
    return new Observation(
        KEYS[said.record()],
        Observation.Kind.patch,
        at,
        StoredRecord.NOTHING,
        Set.of(),
        List.of(consent),
        List.of(),
        List.of());
  }

  private static Instant time(long n) {
    return Instant.ofEpochSecond(n * 20_000);
  }
}
