package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.identity.MatchRules;
import io.nave.identity.MatchingConfig;
import io.nave.identity.Profile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownProfilesTest {
  private static final Profile PROFILE =
      new MatchRules(MatchingConfig.read(Path.of("config/matching.yaml")))
          .profile(StoredRecord.NOTHING);
  private final KnownProfiles known = new KnownProfiles(40_000);

  private void heed(long turn, Long... records) {
    known.heed(new TreeMap<>(Map.of(turn, Set.of(records))), turn);
  }

  @BeforeEach
  void twoRecordsAreKnownAfterTurnFive() {
    known.heed(null, 5);
    known.put(1, PROFILE, 5);
    known.put(2, PROFILE, 5);
  }

  @Test
  void forgetsWhatChangedInALaterTurn() {
    heed(6, 1L);
    assertThat(known.of(1)).isNull();
    assertThat(known.of(2)).isSameAs(PROFILE);
    assertThat(known.heeded()).isEqualTo(6);
  }

  @Test
  void doesNotTakeWhatWasReadBeforeItChanged() {
    heed(6, 1L, 3L);
    known.put(1, PROFILE, 5);
    known.put(3, PROFILE, 5);
    assertThat(known.of(1)).isNull();
    assertThat(known.of(3)).isNull();
    known.put(3, PROFILE, 6);
    assertThat(known.of(3)).isSameAs(PROFILE);
  }

  @Test
  void keepsWhatItWasToldInTheTurnItself() {
    known.put(1, PROFILE, 6);
    heed(6, 1L);
    assertThat(known.of(1)).isSameAs(PROFILE);
    heed(7, 1L);
    assertThat(known.of(1)).isNull();
  }

  @Test
  void forgetsEverythingWhereNobodyCanTellWhatChanged() {
    known.heed(null, 9);
    assertThat(known.of(2)).isNull();
    known.heed(null, 8);
    assertThat(known.heeded()).isEqualTo(9);
  }

  @Test
  void doesNotTakeWhatWasReadLongAgo() {
    for (long turn = 6; turn < 200; turn++) {
      heed(turn, 1L);
    }
    known.put(7, PROFILE, 5);
    assertThat(known.of(7)).isNull();
  }

  @Test
  void holdsSoManyAndNoMore() {
    for (long record = 10; record < 200_000; record++) {
      known.put(record, PROFILE, 5);
    }
    assertThat(known.of(1)).isNull();
    assertThat(known.of(10)).isNull();
    assertThat(known.of(199_999)).isSameAs(PROFILE);
  }
}
