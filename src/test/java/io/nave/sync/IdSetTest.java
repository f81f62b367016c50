package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdSetTest {
  private static Set<Long> all(IdSet ids) {
    var all = new HashSet<Long>();
    ids.forEach(id -> assertThat(all.add(id)).isTrue());
    return all;
  }

  @Test
  void isEmptyAtFirst() {
    var ids = new IdSet();
    assertThat(ids.contains(1)).isFalse();
    assertThat(ids.size()).isZero();
    ids.removeIf(id -> true);
    assertThat(all(ids)).isEmpty();
  }

  @Test
  void holdsWhatASetOfJavaHolds() {
    var random = new Random(1);
    for (int round = 0; round < 200; round++) {
      var ids = new IdSet();
      var expected = new HashSet<Long>();
      for (int step = 0; step < 200; step++) {
        long id = 1 + random.nextInt(100);
        if (random.nextInt(10) > 0) {
          assertThat(ids.add(id)).isEqualTo(expected.add(id));
        } else {
          ids.removeIf(one -> one % 7 == id % 7);
          expected.removeIf(one -> one % 7 == id % 7);
        }
        assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
        assertThat(ids.size()).isEqualTo(expected.size());
      }
      assertThat(all(ids)).isEqualTo(expected);
    }
  }
}
