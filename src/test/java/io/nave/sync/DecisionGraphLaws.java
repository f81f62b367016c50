package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.SourceKey;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever stewards try, what stands never contradicts itself. */
class DecisionGraphLaws {

  private static SourceKey key(int n) {
    return new SourceKey("crm", "r" + n);
  }

  @Property(tries = 300)
  void whatIsLetInHasNoContradiction(
      @ForAll @Size(max = 40) List<@IntRange(max = 127) Integer> tries) {
    var standing = new ArrayList<StewardDecision>();
    long id = 0;
    for (int tried : tries) {
      var wish = new Wish(key(tried & 7), key(tried >> 3 & 7), tried >> 6 == 1, null);
      if (!wish.a().equals(wish.b())) {
        var against = new DecisionGraph(standing).against(wish);
        assertThat(against.isEmpty()).isEqualTo(!contradictsIfAdded(standing, wish));
        if (against.isEmpty()) {
          standing.removeIf(d -> d.isOn(wish.a(), wish.b()));
          standing.add(decision(++id, wish));
        } else {
          isAChainThatEndsWhereItIsAsked(against, wish);
        }
      }
    }
  }

  private static StewardDecision decision(long id, Wish wish) {
    return new StewardDecision(id, wish.a(), wish.b(), wish.same(), null, "gwen", null, null, null);
  }

  /** Slowly, by closing over all records. */
  private static boolean contradictsIfAdded(List<StewardDecision> standing, Wish wish) {
    var all = new ArrayList<>(standing);
    all.removeIf(d -> d.isOn(wish.a(), wish.b()));
    all.add(decision(0, wish));
    int[] group = new int[8];
    for (int i = 0; i < 8; i++) {
      group[i] = i;
    }
    for (var d : all) {
      if (d.same()) {
        int from = group[number(d.a())];
        int to = group[number(d.b())];
        for (int i = 0; i < 8; i++) {
          group[i] = group[i] == from ? to : group[i];
        }
      }
    }
    return all.stream().anyMatch(d -> !d.same() && group[number(d.a())] == group[number(d.b())]);
  }

  private static int number(SourceKey key) {
    return Integer.parseInt(key.recordId().substring(1));
  }

  /** The named decisions lead from the one record to the other, and one at most says different. */
  private static void isAChainThatEndsWhereItIsAsked(List<StewardDecision> chain, Wish wish) {
    var here = wish.a();
    for (var decision : chain) {
      assertThat(decision.touches(here)).isTrue();
      here = decision.besides(here);
    }
    assertThat(here).isEqualTo(wish.b());
    assertThat(chain).filteredOn(d -> !d.same()).hasSize(wish.same() ? 1 : 0);
  }
}
