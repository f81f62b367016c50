package io.nave.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Invented people, and what four systems know of them. Pure: the same size and seed give the same
 * population, everywhere and always.
 *
 * @param people the truth
 * @param records what the systems know, in the order in which they learned it
 */
public record Population(List<Person> people, List<SpokeRecord> records) {

  /** The systems, by their connectors' names. */
  public static final List<String> SPOKES = List.of("salesforce", "acoustic", "gigya", "s4hana");

  /** How many records that belong together give a reader no way to see it. */
  private static final double HOPELESS = 0.08;

  private static final double DUPLICATE = 0.05;

  public Population {
    people = List.copyOf(people);
    records = List.copyOf(records);
  }

  /** Invents so many people; there are about 2.1 records to a person. */
  public static Population generate(int people, long seed) {
    if (people < 0) {
      throw new IllegalArgumentException("people: " + people + " (expected: 0 or more)");
    }
    var dice = new Dice(seed);
    var truth = new People(dice).invent(people);
    var mess = new Mess(dice);
    var drafts = new ArrayList<Draft>();
    truth.forEach(person -> drafts.addAll(of(person, mess, dice)));
    var records = new ArrayList<SpokeRecord>(drafts.size());
    drafts.forEach(draft -> records.add(draft.record(records.size())));
    return new Population(truth, records);
  }

  /** The records of one spoke. */
  public List<SpokeRecord> of(String spoke) {
    return records.stream().filter(record -> record.spoke().equals(spoke)).toList();
  }

  private static List<Draft> of(Person person, Mess mess, Dice dice) {
    var drafts = new ArrayList<Draft>();
    for (var spoke : spokes(dice)) {
      drafts.add(mess.of(person, spoke));
      if (dice.chance(DUPLICATE)) {
        drafts.add(mess.of(person, spoke));
      }
    }
    connect(drafts, dice);
    tellTheOptOut(person, drafts);
    return drafts;
  }

  private static List<String> spokes(Dice dice) {
    int count = 1 + dice.weighted(0.34, 0.34, 0.2, 0.12);
    var rest = new ArrayList<>(SPOKES);
    var chosen = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      chosen.add(rest.remove(dice.between(0, rest.size() - 1)));
    }
    return chosen;
  }

  /** Gives records that share nothing the one thing which nearly all systems have: the mobile. */
  private static void connect(List<Draft> drafts, Dice dice) {
    for (int i = 1; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var first = drafts.get(0);
      if (!isLinked(draft, drafts.subList(0, i)) && !dice.chance(HOPELESS)) {
        first.mobile = first.mobile == null ? draft.person.mobile() : first.mobile;
        draft.mobile = draft.mobile == null ? draft.person.mobile() : draft.mobile;
        settleBirthDates(first, draft);
        if (!Likeness.namesAgree(first.record(0), draft.record(0))) {
          draft.given = first.given;
          draft.family = first.family;
        }
      }
    }
  }

  private static boolean isLinked(Draft draft, List<Draft> earlier) {
    var record = draft.record(0);
    return earlier.stream().anyMatch(other -> Likeness.link(record, other.record(0)));
  }

  private static void settleBirthDates(Draft a, Draft b) {
    if (a.birthDate != null && b.birthDate != null) {
      b.birthDate = a.birthDate;
    }
  }

  /** Whoever opted out has told at least one system that can hold it. */
  private static void tellTheOptOut(Person person, List<Draft> drafts) {
    var able = drafts.stream().filter(draft -> !draft.spoke.equals("s4hana")).toList();
    if (person.optedOut() && !able.isEmpty()) {
      able.get(able.size() - 1).marketing = false;
    }
  }
}
