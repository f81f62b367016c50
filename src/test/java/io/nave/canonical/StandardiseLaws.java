package io.nave.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StandardiseLaws {
  private final Standardise standardise = new Standardise("GB");

  @Provide
  Arbitrary<Customer> customers() {
    return CustomerCases.customers();
  }

  @Provide
  Arbitrary<String> texts() {
    return CustomerCases.text();
  }

  @Property(tries = 2000)
  void standardisingTwiceIsStandardisingOnce(@ForAll("customers") Customer raw) {
    Customer once = standardise.customer(raw);

    assertThat(standardise.customer(once)).isEqualTo(once);
  }

  @Property(tries = 1000)
  void atMostOneIsPrimary(@ForAll("customers") Customer raw) {
    Customer standard = standardise.customer(raw);

    assertThat(standard.emails().stream().filter(one -> isTrue(one.primary()))).hasSizeLessThan(2);
    assertThat(standard.phones().stream().filter(one -> isTrue(one.primary()))).hasSizeLessThan(2);
    assertThat(standard.addresses().stream().filter(one -> isTrue(one.primary())))
        .hasSizeLessThan(2);
  }

  @Property(tries = 5000)
  void foldingTwiceIsFoldingOnce(@ForAll("texts") String text) {
    String once = Fold.text(text);

    assertThat(Fold.text(once)).isEqualTo(once);
  }

  @Property(tries = 2000)
  void tidyingTwiceIsTidyingOnce(@ForAll("texts") String text) {
    String once = Tidy.text(text);

    assertThat(Tidy.text(once)).isEqualTo(once);
  }

  @Property(tries = 2000)
  void contactPointsAreStableOnceStandard(@ForAll("texts") String text) {
    String folded = Standardise.foldEmail(text);

    assertThat(folded == null ? null : Standardise.foldEmail(folded)).isEqualTo(folded);
  }

  @Property(tries = 500)
  void listsHoldNoDuplicates(@ForAll("customers") Customer raw) {
    List<Phone> phones = standardise.customer(raw).phones();

    assertThat(phones.stream().map(Phone::value)).doesNotHaveDuplicates();
  }

  private static boolean isTrue(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
