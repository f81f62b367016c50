package io.nave.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpellingTest {

  private static String word(Random random) {
    var word = new StringBuilder();
    for (int length = random.nextInt(9); word.length() < length; ) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  @Test
  void countsSwappedNeighboursAsOneEdit() {
    assertThat(Spelling.edits("gwenllian", "gwenlilan")).isOne();
    assertThat(Spelling.edits("nia", "ani")).isEqualTo(2);
    assertThat(Spelling.edits("", "nia")).isEqualTo(3);
  }

  @Test
  void looksNoFurtherThanAskedAndAnswersTheSame() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var a = word(random);
      var b = word(random);
      int edits = Spelling.edits(a, b);
      for (int most = 0; most < 6; most++) {
        assertThat(Spelling.within(a, b, most))
            .as(a + " " + b + " " + most)
            .isEqualTo(edits <= most);
      }
    }
  }

  @Test
  void passesOverOnlyWhatIsNotAlike() {
    var random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      var a = word(random);
      var b = word(random);
      assertThat(JaroWinkler.bound(a, b))
          .as(a + " " + b)
          .isGreaterThanOrEqualTo(JaroWinkler.similarity(a, b));
      assertThat(Spelling.isOneSkeleton("x" + a + "sch", "k" + b + "sh"))
          .isEqualTo(Spelling.skeleton("x" + a + "sch").equals(Spelling.skeleton("k" + b + "sh")));
    }
  }
}
