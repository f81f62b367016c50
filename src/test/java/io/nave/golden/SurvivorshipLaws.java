package io.nave.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Email;
import io.nave.canonical.Phone;
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
