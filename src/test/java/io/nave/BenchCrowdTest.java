package io.nave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchCrowdTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static List<JsonNode> read(Iterator<BenchPeople.Said> said) throws Exception {
    var all = new ArrayList<JsonNode>();
    while (said.hasNext()) {
      all.add(JSON.readTree(said.next().json()));
    }
    return all;
  }

  @Test
  void saysTheSameForTheSameSeed() throws Exception {
    assertThat(read(new BenchCrowd(7).mixed("few", 100, 50)))
        .isEqualTo(read(new BenchCrowd(7).mixed("few", 100, 50)));
    assertThat(read(new BenchCrowd(8).mixed("few", 100, 50)))
        .isNotEqualTo(read(new BenchCrowd(7).mixed("few", 100, 50)));
  }

  @Test
  void fillsWithEachPersonOnceAndEveryFifthTwice() throws Exception {
    var filled = read(new BenchCrowd(1).fill(10, 20));
    assertThat(filled).hasSize(12);
    assertThat(filled.stream().filter(one -> one.at("/spoke").asText().equals("esp"))).hasSize(2);
  }

  @Test
  void mixesNewPeopleOtherRecordsAndChanges() throws Exception {
    var counts = new TreeMap<String, Integer>();
    for (var one : read(new BenchCrowd(1).mixed("few", 1000, 1000))) {
      boolean isNew =
          one.at("/spoke").asText().equals("crm")
              && Integer.parseInt(one.at("/recordId").asText().substring(1)) >= 1000;
      var kind = one.at("/spoke").asText().equals("erp") ? "other" : isNew ? "new" : "change";
      counts.merge(kind, 1, Integer::sum);
    }
    assertThat(counts)
        .containsOnly(
            java.util.Map.entry("new", 400),
            java.util.Map.entry("other", 400),
            java.util.Map.entry("change", 200));
  }

  @Test
  void endsWhereItShould() {
    var none = new BenchCrowd(1).mixed("few", 10, 0);
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void namesAreSkewedAndTownsAreMany() {
    var country = new BenchCountry(1);
    var people = IntStream.range(0, 20_000).mapToObj(country::person).toList();
    var families = new TreeMap<String, Integer>();
    people.forEach(person -> families.merge(person.family(), 1, Integer::sum));
    assertThat(families.values().stream().mapToInt(n -> n).max().orElseThrow()).isBetween(100, 600);
    assertThat(families).hasSizeGreaterThan(5_000);
    var towns = new HashSet<String>();
    var phones = new HashSet<String>();
    people.forEach(person -> towns.add(person.town()));
    people.forEach(person -> phones.add(person.phone()));
    assertThat(towns).hasSizeGreaterThan(1_000);
    assertThat(phones).hasSizeGreaterThan(14_000);
  }

  @Test
  void everyFifthPersonLivesWithTheOneBefore() {
    var country = new BenchCountry(1);
    var one = country.person(3);
    var other = country.person(4);
    assertThat(List.of(other.family(), other.line(), other.postcode()))
        .isEqualTo(List.of(one.family(), one.line(), one.postcode()));
    assertThat(other.born()).isNotEqualTo(one.born());
  }
}
