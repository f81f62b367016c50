package io.nave.sync;

import static io.nave.sync.Homes.key;
import static io.nave.sync.Say.born;
import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.phone;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.sync.StewardAnswer.Contradicted;
import io.nave.sync.StewardAnswer.Done;
import io.nave.sync.StewardAnswer.Refused;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stewards decide, against the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class StewardIT {
  @Inject Reconcile reconcile;
  @Inject Decide decide;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  @Inject Reviews reviews;
  @Inject Why why;
  @Inject StewardDecisions decisions;
  @Inject Homes homes;
  @Inject HubTables tables;

  private final Say say = new Say();

  @BeforeEach
  void empty() {
    tables.empty();
  }

  private void observe(String... observations) {
    reconcile.reconcile(say.logged(observations));
  }

  private static String person(String spoke, String id, String rest) {
    return snapshot(spoke, id, "2026-01-01T00:00:00Z", name("Nia", "Rees") + rest);
  }

  /** May be the same person, or one of her household. */
  private static String initial(String spoke, String id, String rest) {
    return snapshot(spoke, id, "2026-01-01T00:00:00Z", name("N", "Rees") + rest);
  }

  private StewardAnswer say(String a, String b, boolean same) {
    return decide.decide(List.of(new Wish(key(a), key(b), same, "test")), "gwen");
  }

  /** Customer ids, their records, golden values, consents, lineage: all but the versions. */
  private List<String> everything() {
    return tables.texts(
        "select c.id || ' ' || coalesce(c.redirect_to::text, '-') || c.state || c.lineage"
            + " || (select coalesce(string_agg(s.spoke || ':' || s.record_id || s.content, ' '"
            + " order by s.spoke, s.record_id), '') from source_record s where s.customer_id = c.id)"
            + " from customer c where redirect_to is null order by 1");
  }

  // -- decisions

  @Test
  void aStewardJoinsWhatNoRuleJoins() {
    observe(person("crm", "1", ""), person("esp", "2", ""));
    assertThat(say("crm:1", "esp:2", true)).isInstanceOf(Done.class);
    assertThat(tables.partition()).containsExactly("crm:1 esp:2");
    assertThat(tables.number("select count(distinct customer_id) from outbox")).isEqualTo(2);
  }

  @Test
  void aStewardSeparatesWhatARuleJoins() {
    observe(person("crm", "1", mail("n@x.example")), person("esp", "2", mail("n@x.example")));
    say("esp:2", "crm:1", false);
    assertThat(tables.partition()).containsExactly("crm:1", "esp:2");
  }

  @Test
  void aDecisionIsNotOverruledByLaterObservations() {
    observe(person("crm", "1", mail("n@x.example")), person("esp", "2", mail("n@x.example")));
    say("crm:1", "esp:2", false);
    observe(
        person("erp", "3", mail("n@x.example")),
        snapshot(
            "esp",
            "2",
            "2026-02-01T00:00:00Z",
            name("Nia", "Rees") + mail("n@x.example") + phone("+442920180001")));
    assertThat(tables.partition()).containsExactly("crm:1 erp:3", "esp:2");
  }

  @Test
  void aDecisionBringsInWhoElseIsTheSame() {
    observe(person("crm", "1", mail("a@x.example")), person("esp", "2", mail("a@x.example")));
    observe(person("crm", "3", mail("b@x.example")), person("esp", "4", mail("b@x.example")));
    say("crm:1", "crm:3", true);
    assertThat(tables.partition()).containsExactly("crm:1 crm:3 esp:2 esp:4");
  }

  @Test
  void aRetractedDecisionLeavesThePairToTheRules() {
    observe(person("crm", "1", mail("n@x.example")), person("esp", "2", mail("n@x.example")));
    var before = everything();
    var made = (Done) say("crm:1", "esp:2", false);
    assertThat(everything()).isNotEqualTo(before);
    assertThat(decide.retract(made.made().get(0).id(), "huw")).isInstanceOf(Done.class);
    assertThat(everything()).isEqualTo(before);
    assertThat(decide.retract(made.made().get(0).id(), "huw"))
        .isInstanceOf(StewardAnswer.Unknown.class);
    var kept = decisions.list(null, null, false, null, 10);
    assertThat(kept).singleElement().extracting(StewardDecision::retractedBy).isEqualTo("huw");
    assertThat(decisions.list(null, null, true, null, 10)).isEmpty();
  }

  @Test
  void theLatestDecisionOfAPairCountsAndTheOthersAreKept() {
    observe(person("crm", "1", ""), person("esp", "2", ""));
    say("crm:1", "esp:2", true);
    say("esp:2", "crm:1", false);
    assertThat(tables.partition()).containsExactly("crm:1", "esp:2");
    assertThat(decisions.list(key("esp:2"), null, false, null, 10)).hasSize(2);
    assertThat(decisions.list(key("esp:2"), null, true, null, 10)).hasSize(1);
    assertThat(decisions.list(null, homes.customerOf("crm:1"), true, null, 10)).hasSize(1);
  }

  @Test
  void aCycleIsRefusedWithTheDecisionsNamed() {
    observe(person("crm", "a", ""), person("esp", "b", ""), person("erp", "c", ""));
    say("crm:a", "esp:b", true);
    say("esp:b", "erp:c", true);
    var refused = (Contradicted) say("crm:a", "erp:c", false);
    assertThat(refused.mistakes().get(0).decisions()).hasSize(2);
    assertThat(refused.mistakes().get(0).message())
        .contains("crm:a = esp:b (decision ", "erp:c = esp:b (decision ");
    assertThat(tables.partition()).containsExactly("crm:a erp:c esp:b");
  }

  @Test
  void aCycleWithinOneRequestChangesNothing() {
    observe(person("crm", "a", ""), person("esp", "b", ""), person("erp", "c", ""));
    var answer =
        decide.decide(
            List.of(
                new Wish(key("crm:a"), key("esp:b"), true, null),
                new Wish(key("erp:c"), key("crm:a"), false, null),
                new Wish(key("esp:b"), key("erp:c"), true, null)),
            "gwen");
    var mistake = ((Contradicted) answer).mistakes().get(0);
    assertThat(mistake.index()).isEqualTo(2);
    assertThat(mistake.message()).contains("item 0 of this request", "item 1 of this request");
    assertThat(tables.number("select count(*) from decision")).isZero();
  }

  @Test
  void anUnknownRecordIsRefusedWithItsPlace() {
    observe(person("crm", "1", ""));
    var refused = (Refused) say("crm:1", "crm:nobody", true);
    assertThat(refused.mistakes().get(0).pointer()).isEqualTo("/b");
    assertThat(((Refused) say("crm:1", "crm:1", true)).mistakes()).isNotEmpty();
  }

  @Test
  void twoStewardsAtOnceMakeNoCycle() {
    observe(person("crm", "a", ""), person("esp", "b", ""), person("erp", "c", ""));
    var all =
        List.of(
            CompletableFuture.supplyAsync(() -> say("crm:a", "esp:b", true)),
            CompletableFuture.supplyAsync(() -> say("esp:b", "erp:c", true)),
            CompletableFuture.supplyAsync(() -> say("crm:a", "erp:c", false)));
    var answers = all.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(Done.class::isInstance).hasSize(2);
    assertThat(answers).filteredOn(Contradicted.class::isInstance).hasSize(1);
  }

  // -- merge and unmerge

  @Test
  void unmergeAfterMergeRestoresIdsGoldenRecordsAndConsents() {
    observe(person("crm", "1", mail("a@x.example")), person("esp", "2", mail("a@x.example")));
    observe(person("crm", "3", mail("b@x.example") + born("1980-02-03")));
    var before = everything();
    var one = homes.customerOf("crm:1");
    var other = homes.customerOf("crm:3");
    merge.merge(other, one, "same voice", "gwen");
    assertThat(tables.partition()).containsExactly("crm:1 crm:3 esp:2");
    assertThat(homes.customerOf("crm:3")).isEqualTo(one);
    tables.run("delete from outbox");
    var undone = (Done) unmerge.unmerge(one, List.of(key("crm:3")), "no", "gwen");
    assertThat(undone.made()).isEmpty();
    assertThat(undone.retracted()).hasSize(1);
    assertThat(everything()).isEqualTo(before);
    assertThat(tables.texts("select distinct customer_id::text from outbox"))
        .containsExactlyInAnyOrder(one.toString(), other.toString());
    merge.merge(one, other, null, "gwen");
    assertThat(homes.customerOf("crm:3")).isEqualTo(one);
  }

  @Test
  void aMergeTakesEveryRecordAlongAlsoThoseThatContradict() {
    observe(
        person("crm", "1", mail("a@x.example")),
        person("esp", "2", mail("a@x.example") + born("1980-02-03")));
    observe(
        person("crm", "3", mail("b@x.example")),
        person("esp", "4", mail("b@x.example") + born("1991-07-09")));
    var before = everything();
    var one = homes.customerOf("crm:1");
    var done = (Done) merge.merge(one, homes.customerOf("crm:3"), null, "gwen");
    assertThat(tables.partition()).containsExactly("crm:1 crm:3 esp:2 esp:4");
    assertThat(done.customers()).containsExactly(one);
    unmerge.unmerge(one, List.of(key("crm:3"), key("esp:4")), null, "gwen");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void unmergingWhatRulesJoinedKeepsItApartAndTheRestTogether() {
    observe(
        person("crm", "1", mail("n@x.example")),
        person("esp", "2", mail("n@x.example")),
        person("erp", "3", mail("n@x.example")));
    var done =
        (Done) unmerge.unmerge(homes.customerOf("crm:1"), List.of(key("erp:3")), null, "gwen");
    assertThat(done.made()).isNotEmpty().noneMatch(StewardDecision::same);
    assertThat(tables.partition()).containsExactly("crm:1 esp:2", "erp:3");
    done.made().forEach(d -> decide.retract(d.id(), "gwen"));
    assertThat(tables.partition()).containsExactly("crm:1 erp:3 esp:2");
  }

  @Test
  void unmergeOfAllOrOfAStrangerIsRefused() {
    observe(person("crm", "1", ""), person("esp", "2", ""));
    var one = homes.customerOf("crm:1");
    assertThat(unmerge.unmerge(one, List.of(key("crm:1")), null, "x")).isInstanceOf(Refused.class);
    assertThat(unmerge.unmerge(one, List.of(key("esp:2")), null, "x")).isInstanceOf(Refused.class);
    assertThat(merge.merge(one, one, null, "x")).isInstanceOf(Refused.class);
  }

  @Test
  void aMergeAgainstADecisionIsRefusedWithItsName() {
    observe(person("crm", "1", ""), person("esp", "2", ""));
    say("crm:1", "esp:2", false);
    var answer = merge.merge(homes.customerOf("crm:1"), homes.customerOf("esp:2"), null, "gwen");
    assertThat(((Contradicted) answer).mistakes().get(0).message())
        .contains("crm:1 ≠ esp:2 (decision ");
  }

  /** The laws, on people that share addresses and numbers, with stewards who decide anything. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void decisionsHoldWhateverHappens(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      observe(some(random, 5).toArray(String[]::new));
      var ids = tables.texts("select spoke || ':' || record_id from source_record order by id");
      for (int i = 0; i < 3; i++) {
        var a = ids.get(random.nextInt(ids.size()));
        var b = ids.get(random.nextInt(ids.size()));
        say(a, b, random.nextBoolean());
      }
      theLawsHold();
      mergedAndUnmergedIsTheSame(random, ids);
      theLawsHold();
    }
  }

  private void theLawsHold() {
    var pairs =
        "select count(*) from decision d join source_record x on (x.spoke, x.record_id) ="
            + " (d.a_spoke, d.a_record) join source_record y on (y.spoke, y.record_id) ="
            + " (d.b_spoke, d.b_record) where d.retracted_at is null and ";
    assertThat(tables.number(pairs + "d.same and x.customer_id <> y.customer_id"))
        .as("must-links that two customers share")
        .isZero();
    assertThat(tables.number(pairs + "not d.same and x.customer_id = y.customer_id"))
        .as("cannot-links that a customer holds")
        .isZero();
  }

  private void mergedAndUnmergedIsTheSame(Random random, List<String> ids) {
    var one = homes.customerOf(ids.get(random.nextInt(ids.size())));
    var other = homes.customerOf(ids.get(random.nextInt(ids.size())));
    var before = everything();
    var out =
        tables.texts(
            "select spoke || ':' || record_id from source_record where customer_id = '%s'"
                .formatted(other));
    if (merge.merge(one, other, null, "gwen") instanceof Done merged) {
      var keys = out.stream().map(Homes::key).toList();
      unmerge.unmerge(merged.customers().get(0), keys, null, "gwen");
      assertThat(everything()).isEqualTo(before);
    }
  }

  private static List<String> some(Random random, int count) {
    var said = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      int person = random.nextInt(12);
      var rest = name(person % 2 == 0 ? "Nia" : "Huw", "Prys" + (char) ('a' + person % 5));
      rest += random.nextInt(3) > 0 ? mail("p" + person + "@law.example") : "";
      rest += random.nextInt(3) > 0 ? phone("+44292018%04d".formatted(person)) : "";
      rest += random.nextInt(3) > 0 ? "" : born("198" + random.nextInt(3) + "-02-03");
      var spoke = List.of("crm", "esp", "erp").get(random.nextInt(3));
      said.add(snapshot(spoke, "r" + random.nextInt(1000), "2026-01-01T00:00:00Z", rest));
    }
    return said;
  }

  // -- review and why

  @Test
  void aPossibleMatchIsATaskUntilItIsDecided() {
    observe(
        person("crm", "1", phone("+442920180001")),
        initial("esp", "2", phone("+442920180001")),
        person("erp", "3", mail("other@x.example")));
    var page = reviews.list(Reviews.Wanted.first(10));
    assertThat(page.open()).isEqualTo(1);
    var task = page.tasks().get(0);
    assertThat(List.of(task.a(), task.b())).containsExactlyInAnyOrder(key("crm:1"), key("esp:2"));
    assertThat(reviews.rules()).singleElement().extracting(Reviews.OfRule::tasks).isEqualTo(1L);
    assertThat(reviews.list(new Reviews.Wanted(10, null, 0, "erp")).tasks()).isEmpty();
    assertThat(reviews.list(new Reviews.Wanted(10, null, 1000, null)).tasks()).isEmpty();
    assertThat(reviews.list(new Reviews.Wanted(10, task.cursor(), 0, null)).tasks()).isEmpty();
    var made = (Done) say("crm:1", "esp:2", false);
    assertThat(reviews.list(Reviews.Wanted.first(10)).open()).isZero();
    decide.retract(made.made().get(0).id(), "gwen");
    assertThat(reviews.list(Reviews.Wanted.first(10)).open()).isEqualTo(1);
    say("crm:1", "esp:2", true);
    assertThat(reviews.list(Reviews.Wanted.first(10)).open()).isZero();
  }

  @Test
  void aTaskThatIsPutOffStaysAway() {
    observe(
        person("crm", "1", phone("+442920180001")), initial("esp", "2", phone("+442920180001")));
    var task = reviews.list(Reviews.Wanted.first(10)).tasks().get(0);
    reviews.later(List.of(new Reviews.Between(task.customerA(), task.customerB())));
    assertThat(reviews.list(Reviews.Wanted.first(10)).tasks()).isEmpty();
    tables.run("update review_later set until = now() - interval '1 day'");
    assertThat(reviews.list(Reviews.Wanted.first(10)).tasks()).hasSize(1);
  }

  @Test
  void allTasksOfARuleAreDecidedAtOnce() {
    var said = new ArrayList<String>();
    for (var family : List.of("Rees", "Morgan", "Price", "Vaughan", "Bowen", "Kyffin", "Lloyd")) {
      var phone = phone("+44292018%04d".formatted(said.size()));
      var crm = name("Nia", family) + phone;
      var esp = name("N", family) + phone;
      said.add(snapshot("crm", family, "2026-01-01T00:00:00Z", crm));
      said.add(snapshot("esp", family, "2026-01-01T00:00:00Z", esp));
    }
    observe(said.toArray(String[]::new));
    var rule = reviews.rules().stream().filter(r -> r.rule().equals("score")).findFirst().get();
    assertThat(reviews.count(rule.rule(), rule.heaviest() + 1)).isZero();
    assertThat(reviews.count(rule.rule(), 0)).isEqualTo(7);
    assertThat(reviews.decide(rule.rule(), 0, true, "bulk", "gwen")).isEqualTo(7);
    assertThat(tables.partition()).hasSize(7);
    assertThat(reviews.list(Reviews.Wanted.first(10)).open()).isZero();
  }

  @Test
  void whyNamesWhatHoldsTheRecordsTogether() {
    observe(
        person("crm", "1", mail("n@x.example")),
        person("esp", "2", mail("n@x.example") + phone("+442920180001")),
        person("erp", "3", phone("+442920180001")));
    var customer = why.customer(homes.customerOf("crm:1")).orElseThrow();
    assertThat(customer.records()).hasSize(3);
    assertThat(customer.links()).filteredOn(Why.Link::holds).hasSize(2);
    assertThat(customer.links()).allMatch(link -> !link.evidence().reasons().isEmpty());
    var pair = why.pair(key("crm:1"), key("erp:3")).orElseThrow();
    assertThat(pair.together()).isTrue();
    assertThat(pair.path()).hasSize(2);
    assertThat(why.pair(key("crm:1"), key("erp:none"))).isEmpty();
  }
}
