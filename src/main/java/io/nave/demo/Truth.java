package io.nave.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which record, as its system numbers it, is about which person. Safe to fill from several threads.
 */
public final class Truth {
  private final Map<String, Integer> personOf = new HashMap<>();

  /**
   * How right a crosswalk is, counted in pairs of records.
   *
   * @param records that have a known person
   * @param missing of them, those that the crosswalk does not name; each counts as unlinked
   * @param people behind the records
   * @param customers that the crosswalk makes of the records
   * @param truePairs pairs of records that are about one person
   * @param foundPairs pairs that the crosswalk links
   * @param rightPairs pairs that are both
   */
  public record Score(
      long records,
      long missing,
      long people,
      long customers,
      long truePairs,
      long foundPairs,
      long rightPairs) {

    /** Of the pairs that were linked, how many are right; 1 when none was linked. */
    public double precision() {
      return foundPairs == 0 ? 1 : (double) rightPairs / foundPairs;
    }

    /** Of the pairs that belong together, how many were linked; 1 when there are none. */
    public double recall() {
      return truePairs == 0 ? 1 : (double) rightPairs / truePairs;
    }

    /** Records that are one more of a person already known. */
    public long duplicates() {
      return records - people;
    }

    /** Records that the crosswalk took for one more of a customer already known. */
    public long duplicatesFound() {
      return records - customers;
    }
  }

  /** The record is about this person. */
  public synchronized void put(String spoke, String recordId, int person) {
    personOf.put(spoke + ":" + recordId, person);
  }

  /** How many records are known. */
  public synchronized int size() {
    return personOf.size();
  }

  /** The person behind a record, or null. */
  public synchronized Integer person(String spoke, String recordId) {
    return personOf.get(spoke + ":" + recordId);
  }

  /** True if it is known whom the record ({@code spoke:recordId}) is about. */
  synchronized boolean knows(String record) {
    return personOf.containsKey(record);
  }

  /**
   * Compares.
   *
   * @param crosswalk customer ids by {@code spoke:recordId}; records without a known person are
   *     left out
   */
  public synchronized Score score(Map<String, String> crosswalk) {
    var byPerson = new HashMap<Integer, Long>();
    var byCustomer = new HashMap<String, Long>();
    var byBoth = new HashMap<String, Long>();
    long missing = 0;
    for (var known : personOf.entrySet()) {
      var customer = crosswalk.get(known.getKey());
      missing += customer == null ? 1 : 0;
      var linked = customer == null ? "unlinked " + known.getKey() : customer;
      byPerson.merge(known.getValue(), 1L, Long::sum);
      byCustomer.merge(linked, 1L, Long::sum);
      byBoth.merge(known.getValue() + " " + linked, 1L, Long::sum);
    }
    return new Score(
        personOf.size(),
        missing,
        byPerson.size(),
        byCustomer.size(),
        pairs(byPerson),
        pairs(byCustomer),
        pairs(byBoth));
  }

  private static long pairs(Map<?, Long> sizes) {
    return sizes.values().stream().mapToLong(n -> n * (n - 1) / 2).sum();
  }

  /**
   * Records of several people that the crosswalk made one customer, for a look at what went wrong.
   */
  public synchronized List<List<String>> mixed(Map<String, String> crosswalk, int limit) {
    var members = new TreeMap<String, List<String>>();
    for (var key : personOf.keySet()) {
      if (crosswalk.containsKey(key)) {
        members.computeIfAbsent(crosswalk.get(key), c -> new ArrayList<>()).add(key);
      }
    }
    return members.values().stream()
        .filter(keys -> keys.stream().map(personOf::get).distinct().count() > 1)
        .limit(limit)
        .toList();
  }

  /** Keeps the truth in a file: a line {@code spoke:recordId TAB person} for each record. */
  public synchronized void write(Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      for (var known : personOf.entrySet()) {
        out.write(known.getKey() + "\t" + known.getValue() + "\n");
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Truth read(Path file) throws IOException {
    var truth = new Truth();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        int tab = line.lastIndexOf('\t');
        truth.personOf.put(line.substring(0, tab), Integer.valueOf(line.substring(tab + 1)));
      }
    }
    return truth;
  }
}
