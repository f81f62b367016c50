package io.nave.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final MatchRules RULES = People.RULES;

  @Test
  void learnsHowOftenOneCustomersRecordsAgree() {
    Levels often = learn(Generated.profiles(1500, 0.3)).of("birth-date");
    Levels seldom = learn(Generated.profiles(1500, 0)).of("birth-date");
    assertThat(often.m(0)).isCloseTo(0.7, within(0.06));
    assertThat(seldom.m(0)).isGreaterThan(0.95);
  }

  @Test
  void learnsHowOftenStrangersAgree() {
    Levels family = learn(Generated.profiles(1500, 0)).of("family");
    assertThat(family.u(0)).isCloseTo(0.01, within(0.004));
  }

  @Test
  void learnsHowManyPairsAreOneCustomer() {
    assertThat(learn(Generated.profiles(1500, 0)).prior())
        .isCloseTo(1500.0 / (3000.0 * 2999 / 2), within(1e-4));
  }

  @Test
  void countsACustomerOnceAndARareNameForMore() {
    Terms terms = learn(Generated.profiles(1500, 0)).terms();
    Terms.Counts families = terms.of("family");
    assertThat(families.values()).isCloseTo(1500L, within(40L));
    assertThat(families.of(Terms.digest("commonson"))).isCloseTo(150, within(15));
    assertThat(Terms.frequency(families, "commonson", 0.001))
        .isGreaterThan(10 * Terms.frequency(families, "raredottir", 0.001));
  }

  @Test
  void givesTheSameNumbersForTheSameRecords() {
    List<Profile> profiles = Generated.profiles(200, 0.1);
    assertThat(ModelFile.write(Training.learn(RULES, profiles)))
        .isEqualTo(ModelFile.write(Training.learn(RULES, profiles)));
  }

  @Test
  void learnsNothingOfAHandful() {
    assertThat(learn(Generated.profiles(4, 0)).levels())
        .isEqualTo(RULES.config().models().person().levels());
  }

  @Test
  void keepsRelativesApartWhateverItLearned() {
    MatchRules learned = RULES.with(Training.learn(RULES, Generated.profiles(300, 0.2)));
    People huw = People.person("Huw", "Commonson").born("1980-02-03").at("1 Long Road", "A", "AB1");
    People mair =
        People.person("Mair", "Commonson").born("1980-02-03").at("1 Long Road", "A", "AB1");
    assertThat(learned.compare(huw.customer(), mair.customer()).outcome())
        .isNotEqualTo(Outcome.MATCH);
  }

  private static MatchModel learn(List<Profile> profiles) {
    return Training.learn(RULES, profiles).person();
  }
}
