package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Customer;
import io.nave.canonical.SourceKey;
import io.nave.golden.GoldenRecords.Former;
import io.nave.golden.GoldenRecords.Head;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which id each part of a customer gets: tables of links. */
class AssignCustomersTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private final Working work = new Working();

  private static UUID id(int n) {
    return new UUID(0, n);
  }

  private void customer(int id, Integer redirectsTo) {
    var to = redirectsTo == null ? null : id(redirectsTo);
    work.heads.put(id(id), new Head(id(id), 1, 1, to, NOW.plusSeconds(id)));
  }

  private static SourceKey key(int n) {
    return new SourceKey("crm", "r" + n);
  }

  private void record(int n, int customer) {
    var said =
        new Customer(
            "person", null, null, null, null, null, null, null, null, null, null, null, null);
    put(n, customer, said);
  }

  /** It says nothing. */
  private void hubRecord(int n, int customer) {
    put(n, customer, StoredRecord.NOTHING);
  }

  private void put(int n, int customer, Customer said) {
    var record =
        new StoredRecord(
            n,
            key(n),
            id(customer),
            false,
            said,
            Map.of(),
            null,
            List.of(),
            List.of(),
            new long[0],
            "matched");
    work.all.put((long) n, record);
  }

  private void formerly(int id, Integer into, String... records) {
    customer(id, into);
    var formers = new java.util.ArrayList<>(work.formers);
    formers.add(new Former(id(id), NOW.plusSeconds(id), Set.of(records)));
    work.formers = formers;
  }

  /** The records of each customer, such as {@code 1=[r1, r2]}; 0 for a new one. */
  private String links(List<Set<Long>> clusters) {
    work.clusters.addAll(clusters);
    Map<Integer, String> links = new TreeMap<>();
    AssignCustomers.to(work, NOW)
        .members()
        .forEach(
            (customer, members) ->
                links.put(
                    customer.getMostSignificantBits() == 0
                        ? (int) customer.getLeastSignificantBits()
                        : 0,
                    members.stream()
                        .map(r -> r.key().recordId() + "/" + r.rule())
                        .toList()
                        .toString()));
    return links.toString();
  }

  @Test
  void aPartBecomesTheCustomerThatItOnceWas() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    record(3, 1);
    formerly(2, 1, "crm:r2", "crm:r3");
    assertThat(links(List.of(Set.of(1L), Set.of(2L, 3L))))
        .isEqualTo("{1=[r1/alone], 2=[r2/alone, r3/matched]}");
  }

  @Test
  void thePartThatWasRetiredGivesTheIdBackAlsoWithTheFirstRecord() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    formerly(2, 1, "crm:r1");
    assertThat(links(List.of(Set.of(1L), Set.of(2L)))).isEqualTo("{1=[r2/alone], 2=[r1/alone]}");
  }

  @Test
  void aPartThatOnlyResemblesAFormerCustomerTakesItsId() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    record(3, 1);
    formerly(2, 1, "crm:r2");
    assertThat(links(List.of(Set.of(1L), Set.of(2L, 3L))))
        .isEqualTo("{1=[r1/alone], 2=[r2/alone, r3/matched]}");
  }

  @Test
  void whatTheHubCreatedForACustomerGoesBackWithIt() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    hubRecord(3, 1);
    hubRecord(4, 1);
    formerly(2, 1, "crm:r1");
    assertThat(links(List.of(Set.of(1L, 3L), Set.of(2L, 4L))))
        .isEqualTo("{1=[r2/alone, r4/matched], 2=[r1/alone, r3/matched]}");
  }

  @Test
  void whatTheHubCreatedIsKnownForThatWhereverItGoes() {
    customer(1, null);
    customer(2, null);
    record(1, 1);
    hubRecord(2, 2);
    work.all.put(2L, work.all.get(2L).linkedTo(id(2), CreatedRecords.RULE));
    assertThat(links(List.of(Set.of(1L, 2L)))).isEqualTo("{1=[r1/alone, r2/created by the hub]}");
  }

  @Test
  void aPartThatWasNobodyBeforeIsNew() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    formerly(2, 1, "crm:r9");
    assertThat(links(List.of(Set.of(1L), Set.of(2L)))).isEqualTo("{0=[r2/alone], 1=[r1/alone]}");
  }

  @Test
  void somebodyKeepsTheIdEvenWhereEachPartWasAnother() {
    customer(1, null);
    record(1, 1);
    record(2, 1);
    formerly(2, 1, "crm:r1");
    formerly(3, 1, "crm:r2");
    assertThat(links(List.of(Set.of(1L), Set.of(2L)))).isEqualTo("{1=[r1/alone], 3=[r2/alone]}");
  }

  @Test
  void aCustomerKeepsItsIdWhereAnotherTakesARecordOfItAndComesFirst() {
    customer(1, null);
    customer(2, null);
    record(1, 2);
    record(2, 1);
    record(3, 1);
    assertThat(links(List.of(Set.of(1L, 3L), Set.of(2L))))
        .isEqualTo("{1=[r2/alone], 2=[r1/alone, r3/matched]}");
  }

  @Test
  void anIdThatNobodyKeepsIsTakenByAPartThatHadIt() {
    customer(1, null);
    customer(2, null);
    record(1, 1);
    record(2, 2);
    record(3, 2);
    assertThat(links(List.of(Set.of(1L, 2L), Set.of(3L))))
        .isEqualTo("{1=[r1/alone, r2/matched], 2=[r3/alone]}");
  }

  @Test
  void whoBecomesAnotherAgainLeavesTheIdToThePartThatGoesBack() {
    customer(1, null);
    customer(3, null);
    record(1, 1);
    record(2, 1);
    hubRecord(3, 3);
    formerly(2, 1, "crm:r1");
    assertThat(links(List.of(Set.of(1L), Set.of(2L, 3L))))
        .isEqualTo("{1=[r2/alone, r3/matched], 2=[r1/alone]}");
  }

  @Test
  void whatGoesBackDoesNotTakeTheIdThoughItCameFirst() {
    customer(1, null);
    customer(2, null);
    record(1, 1);
    record(2, 1);
    record(3, 2);
    record(4, 1);
    assertThat(links(List.of(Set.of(1L, 3L), Set.of(2L, 4L))))
        .isEqualTo("{1=[r2/alone, r4/matched], 2=[r1/alone, r3/matched]}");
  }

  @Test
  void aPartBecomesWhatItWasThoughSomeOfItWasAYoungerCustomerMeanwhile() {
    customer(1, null);
    customer(3, null);
    record(1, 1);
    record(2, 1);
    record(3, 3);
    formerly(2, 1, "crm:r2", "crm:r3");
    assertThat(links(List.of(Set.of(1L), Set.of(2L, 3L))))
        .isEqualTo("{1=[r1/alone], 2=[r2/alone, r3/matched]}");
  }

  @Test
  void aCustomerStaysItselfThoughItTakesARecordThatWasOnceOfAYoungerOneWithIt() {
    customer(1, null);
    customer(2, null);
    record(1, 1);
    record(2, 1);
    record(3, 2);
    formerly(3, 1, "crm:r2", "crm:r3");
    assertThat(links(List.of(Set.of(1L), Set.of(2L, 3L))))
        .isEqualTo("{1=[r1/alone], 2=[r2/alone, r3/matched]}");
  }

  @Test
  void aPartIsNotWhatItWasOnceWhereTheOthersBecomeAnOlderCustomer() {
    customer(1, null);
    customer(2, null);
    record(1, 1);
    record(2, 2);
    record(3, 2);
    formerly(3, 2, "crm:r3");
    assertThat(links(List.of(Set.of(1L, 2L), Set.of(3L))))
        .isEqualTo("{1=[r1/alone, r2/matched], 2=[r3/alone]}");
  }
}
