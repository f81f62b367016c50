package io.nave.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Email;
import io.nave.canonical.Phone;
import io.nave.canonical.SourceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SurvivorshipLaws {
  private final Survivorship survivorship =
      Sources.survivorship(
          """
          trust: [crm, ciam]
          attributes:
            emails: {by: recent}
            phones: {by: priority}
            language: {by: priority}
          """);

  @Provide
  Arbitrary<List<Statement>> statements() {
    Arbitrary<Long> at = Arbitraries.longs().between(1, 4);
    Arbitrary<String> given = Arbitraries.of("Jane", "Jan", " ", null);
    Arbitrary<String> language = Arbitraries.of("en", "cy", null);
    Arbitrary<List<String>> emails =
        Arbitraries.of("a@x.org", "A@x.org", "b@x.org", "c@x.org")
            .list()
            .uniqueElements()
            .ofMaxSize(3);
    Arbitrary<List<String>> phones =
        Arbitraries.of("+441", "+442", "+443").set().ofMaxSize(2).map(ArrayList::new);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false, false);
    return Combinators.combine(at, given, language, emails, phones, flag, flag)
        .as(SurvivorshipLaws::half)
        .list()
        .ofMaxSize(5)
        .map(SurvivorshipLaws::perSpoke);
  }

  @Property(tries = 1000)
  void orderPlaysNoPart(@ForAll("statements") List<Statement> statements, @ForAll Random random) {
    List<Statement> shuffled = new ArrayList<>(statements);
    Collections.shuffle(shuffled, random);

    assertThat(survivorship.survive(shuffled)).isEqualTo(survivorship.survive(statements));
  }

  @Property(tries = 1000)
  void everyValueComesFromTheStatementThatItsLineageNames(
      @ForAll("statements") List<Statement> statements) {
    Golden golden = survivorship.survive(statements);
    Map<String, Statement> bySpoke = new HashMap<>();
    statements.forEach(s -> bySpoke.put(s.key().spoke(), s));
    for (Map.Entry<String, Lineage> line : golden.lineage().entrySet()) {
      Statement from = bySpoke.get(line.getValue().spoke());
      assertThat(says(from, line.getKey(), golden)).isTrue();
      assertThat(line.getValue().changedAt()).isEqualTo(from.recordChangedAt());
    }
  }

  @Property(tries = 1000)
  void nothingThatSomebodySaysIsLostFromALongEnoughList(
      @ForAll("statements") List<Statement> statements) {
    boolean allDeleted = statements.stream().allMatch(Statement::deleted);
    List<String> golden =
        survivorship.survive(statements).customer().emails().stream()
            .map(e -> e.value().toLowerCase(java.util.Locale.ROOT))
            .toList();
    assertThat(golden).doesNotHaveDuplicates();
    for (Statement s : statements) {
      if (allDeleted || !s.deleted()) {
        s.customer()
            .emails()
            .forEach(
                e -> assertThat(golden).contains(e.value().toLowerCase(java.util.Locale.ROOT)));
      }
    }
  }

  @Property(tries = 1000)
  void aStatementThatLeavesGivesBackWhatWasThereBefore(
      @ForAll("statements") List<Statement> statements) {
    if (!statements.isEmpty()) {
      List<Statement> before = statements.subList(0, statements.size() - 1);
      Golden golden = survivorship.survive(before);
      survivorship.survive(statements);
      assertThat(survivorship.survive(new ArrayList<>(before))).isEqualTo(golden);
    }
  }

  @Property(tries = 1000)
  void aStatementThatSaysNothingChangesNothing(@ForAll("statements") List<Statement> statements) {
    boolean allDeleted = statements.stream().allMatch(Statement::deleted);
    List<Statement> more = new ArrayList<>(statements);
    more.add(new Sources("aaa", 99).done());
    if (!allDeleted || statements.isEmpty()) {
      assertThat(survivorship.survive(more)).isEqualTo(survivorship.survive(statements));
    }
  }

  @Provide
  Arbitrary<Survivorship> strategies() {
    var criteria =
        Arbitraries.of(Criterion.class).list().uniqueElements().ofMinSize(1).ofMaxSize(4);
    var window = Arbitraries.of("", ", while: PT1S", ", while: PT2S");
    return Combinators.combine(criteria, window)
        .as(
            (by, age) ->
                Sources.survivorship("trust: [crm, ciam]\ndefault: {by: " + by + age + "}"));
  }

  @Provide
  Arbitrary<List<Pin>> pins() {
    Arbitrary<Object> language = Arbitraries.of("de", "fr");
    Arbitrary<Object> email =
        Arbitraries.of("a@x.org", "z@x.org").map(a -> new Email(a, null, null, null, null));
    var from = Arbitraries.of("crm", "ciam", "shop").map(s -> new SourceKey(s, s + "-1"));
    var attribute = Arbitraries.of("language", "emails", "name");
    Arbitrary<Pin> pin =
        Arbitraries.oneOf(
            language.map(v -> new Pin(0, "language", v, null, Sources.time(9), "Mair")),
            email.map(v -> new Pin(0, "emails", v, null, Sources.time(9), "Mair")),
            Combinators.combine(attribute, from)
                .as((key, record) -> new Pin(0, key, null, record, Sources.time(9), "Mair")));
    return pin.list().ofMaxSize(3).map(SurvivorshipLaws::numbered);
  }

  private static List<Pin> numbered(List<Pin> pins) {
    List<Pin> numbered = new ArrayList<>();
    for (Pin pin : pins) {
      long id = numbered.size() + 1;
      numbered.add(new Pin(id, pin.attribute(), pin.value(), pin.from(), pin.at(), pin.by()));
    }
    return numbered;
  }

  @Property(tries = 2000)
  void orderPlaysNoPartForAnyStrategyAndPins(
      @ForAll("strategies") Survivorship any,
      @ForAll("statements") List<Statement> statements,
      @ForAll("pins") List<Pin> pins,
      @ForAll Random random) {
    List<Statement> shuffled = new ArrayList<>(statements);
    List<Pin> shuffledPins = new ArrayList<>(pins);
    Collections.shuffle(shuffled, random);
    Collections.shuffle(shuffledPins, random);

    assertThat(any.survive(shuffled, shuffledPins)).isEqualTo(any.survive(statements, pins));
  }

  @Property(tries = 2000)
  void everyValueComesFromALinkedRecordOrASteward(
      @ForAll("strategies") Survivorship any,
      @ForAll("statements") List<Statement> statements,
      @ForAll("pins") List<Pin> pins) {
    Golden golden = any.survive(statements, pins);
    Map<String, Statement> bySpoke = new HashMap<>();
    statements.forEach(s -> bySpoke.put(s.key().spoke(), s));
    golden
        .lineage()
        .forEach(
            (key, line) -> {
              if (line.spoke().equals(Pin.STEWARD)) {
                assertThat(pins).anyMatch(p -> p.value() != null && key.startsWith(p.attribute()));
              } else {
                assertThat(says(bySpoke.get(line.spoke()), key, golden)).isTrue();
              }
            });
    var customer = golden.customer();
    assertThat(golden.lineage().keySet().stream().filter(k -> k.startsWith("emails[")))
        .hasSameSizeAs(customer.emails());
    assertThat(golden.lineage().containsKey("language")).isEqualTo(customer.language() != null);
  }

  @Property(tries = 1000)
  void aPinThatIsRetractedLeavesNoTrace(
      @ForAll("strategies") Survivorship any,
      @ForAll("statements") List<Statement> statements,
      @ForAll("pins") List<Pin> pins) {
    Golden before = any.survive(statements, pins);
    List<Pin> more = new ArrayList<>(pins);
    more.add(new Pin(99, "language", "it", null, Sources.time(99), "Huw"));
    Golden pinned = any.survive(statements, more);
    more.remove(more.size() - 1);

    assertThat(any.survive(statements, more)).isEqualTo(before);
    if (!statements.isEmpty()) {
      assertThat(pinned.customer().language()).isEqualTo("it");
    }
  }

  private static boolean says(Statement from, String key, Golden golden) {
    if (key.startsWith("emails[")) {
      Email email = golden.customer().emails().get(index(key));
      return from.customer().emails().stream().anyMatch(e -> e.value().equals(email.value()));
    }
    if (key.startsWith("phones[")) {
      Phone phone = golden.customer().phones().get(index(key));
      return from.customer().phones().stream().anyMatch(p -> p.value().equals(phone.value()));
    }
    return key.equals("name")
        ? golden.customer().name().equals(from.customer().name())
        : golden.customer().language().equals(from.customer().language());
  }

  private static int index(String key) {
    return Integer.parseInt(key.substring(key.indexOf('[') + 1, key.length() - 1));
  }

  private record Half(
      long at,
      String given,
      String language,
      List<String> emails,
      List<String> phones,
      boolean primary,
      boolean deleted) {}

  private static Half half(
      long at,
      String given,
      String language,
      List<String> emails,
      List<String> phones,
      boolean primary,
      boolean deleted) {
    return new Half(at, given, language, emails, phones, primary, deleted);
  }

  private static List<Statement> perSpoke(List<Half> halves) {
    List<String> spokes = List.of("crm", "ciam", "erp", "esp", "lake");
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < halves.size(); i++) {
      statements.add(statement(spokes.get(i), halves.get(i)));
    }
    return statements;
  }

  private static Statement statement(String spoke, Half half) {
    Sources s = new Sources(spoke, half.at()).name(half.given(), null).language(half.language());
    half.emails().forEach(e -> s.email(e, half.primary() ? true : null));
    half.phones().forEach(p -> s.phone(p, half.primary() ? "mobile" : null));
    return (half.deleted() ? s.deleted() : s).done();
  }
}
