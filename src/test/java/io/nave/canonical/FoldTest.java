package io.nave.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTest {
  @ParameterizedTest
  @CsvSource({
    "Siân Llŷr Ó Néill, sian llyr o neill",
    "SIAN LLYR, sian llyr",
    "Zażółć Gęślą Łódź, zazolc gesla lodz",
    "O'Brien-Jones, obrien jones",
    "O’Brien, obrien",
    "Straße, strasse",
    "Ærøskøbing, aeroskobing",
    "İstanbul, istanbul",
    "Александр Пушкин, aleksandr puskin",
    "王小明, wang xiao ming",
    "김민준, gimminjun",
    "やまだ たろう, yamada tarou",
    "שרה כהן, srh khn",
    "محمد, mhmd",
    "สมชาย, smchay",
    "Γιώργος, giorgos",
    "J.R. Smith (Jr.), j r smith jr",
    "Ａｎｎａ, anna",
    "'  a   b ', a b",
  })
  void foldsAnyScriptToPlainWords(String raw, String folded) {
    assertThat(Fold.text(raw)).isEqualTo(folded);
  }

  @Test
  void hasNothingToSayOfPunctuation() {
    assertThat(Fold.text("-- !")).isEmpty();
    assertThat(Fold.text(null)).isEmpty();
    assertThat(Fold.tokens("?")).isEmpty();
  }

  /** What stood between them keeps the tatweel from being read, but not in the folded text. */
  @ParameterizedTest
  @ValueSource(strings = {"ػ˪ـ", "ػ͵ ـ", "яـػ΀ـ"})
  void foldsWhatIsFoldedToItself(String raw) {
    assertThat(Fold.text(raw)).isEqualTo(Fold.text(Fold.text(raw)));
  }

  /** A mark between the halves of a character, which is none then. */
  @ParameterizedTest
  @ValueSource(strings = {"ab \uDB32\u0612\uDF2C", "ab\uD96D\u0BCD\uDE15"})
  void readsHalvesOfACharacterAsBlanks(String raw) {
    assertThat(Fold.text(raw)).isEqualTo("ab");
  }

  @Test
  void splitsIntoWords() {
    assertThat(Fold.tokens("Mary-Jane  O'Neil")).containsExactly("mary", "jane", "oneil");
  }

  @Test
  void givesTheSameInManyThreadsAtOnce() {
    List<String> texts = List.of("王小明", "محمد", "สมชาย ใจดี", "Александр", "김민준", "שרה", "Siân");
    List<String> alone = texts.stream().map(Fold::text).toList();

    assertThat(IntStream.range(0, 2000).parallel().boxed())
        .allMatch(i -> Fold.text(texts.get(i % 7)).equals(alone.get(i % 7)));
  }
}
