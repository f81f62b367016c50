package io.nave.identity;

import io.nave.canonical.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person's name, folded to words.
 *
 * @param suffix jr, sr, ii, iii … or empty; academic suffixes say nothing about who it is
 */
record PersonName(List<String> given, List<String> middle, List<String> family, String suffix) {
  static final PersonName NONE = new PersonName(List.of(), List.of(), List.of(), "");

  private static final Map<String, String> GENERATIONS =
      Map.ofEntries(
          Map.entry("jr", "jr"),
          Map.entry("junior", "jr"),
          Map.entry("jnr", "jr"),
          Map.entry("sr", "sr"),
          Map.entry("senior", "sr"),
          Map.entry("snr", "sr"),
          Map.entry("ii", "ii"),
          Map.entry("2nd", "ii"),
          Map.entry("iii", "iii"),
          Map.entry("3rd", "iii"),
          Map.entry("iv", "iv"),
          Map.entry("4th", "iv"));

  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "der", "den", "de", "da", "di", "del", "della", "dos", "du", "la", "le",
          "el", "al", "bin", "ben", "ibn", "ap", "ab", "ferch", "verch", "mac", "mc", "o", "st",
          "ter", "ten", "zu", "zur", "vom");

  static PersonName of(Name name, Placeholders placeholders) {
    if (name == null) {
      return NONE;
    }
    List<String> given = words(name.given(), placeholders);
    List<String> middle = words(name.middle(), placeholders);
    List<String> family = words(name.family(), placeholders);
    if (given.isEmpty() && family.isEmpty() && name.full() != null) {
      return ofFull(name, placeholders);
    }
    return build(given, middle, family, name.suffix());
  }

  boolean empty() {
    return given.isEmpty() && family.isEmpty();
  }

  String givenSolid() {
    return String.join("", given);
  }

  String familySolid() {
    return String.join("", family);
  }

  /** The family name without particles; the whole where it has nothing else. */
  List<String> familyCore() {
    List<String> core = family.stream().filter(w -> !PARTICLES.contains(w)).toList();
    return core.isEmpty() ? family : core;
  }

  private static PersonName ofFull(Name name, Placeholders placeholders) {
    int comma = name.full().indexOf(',');
    if (comma > 0) {
      List<String> first = words(name.full().substring(comma + 1), placeholders);
      List<String> family = words(name.full().substring(0, comma), placeholders);
      if (first.size() == 1 && GENERATIONS.containsKey(first.get(0))) {
        return split(family, first.get(0));
      }
      return build(head(first), tail(first), family, name.suffix());
    }
    return split(words(name.full(), placeholders), name.suffix());
  }

  private static PersonName split(List<String> words, String suffix) {
    boolean generation = words.size() > 2 && GENERATIONS.containsKey(words.get(words.size() - 1));
    String last = generation ? words.get(words.size() - 1) : suffix;
    List<String> rest = generation ? words.subList(0, words.size() - 1) : words;
    if (rest.size() < 2) {
      return build(rest, List.of(), List.of(), last);
    }
    int family = familyStart(rest);
    return build(head(rest), rest.subList(1, family), rest.subList(family, rest.size()), last);
  }

  private static int familyStart(List<String> words) {
    int start = words.size() - 1;
    while (start > 1 && PARTICLES.contains(words.get(start - 1))) {
      start--;
    }
    return start;
  }

  /** A generation that stands at the end of the family name moves to the suffix. */
  private static PersonName build(
      List<String> given, List<String> middle, List<String> family, String suffix) {
    String generation = GENERATIONS.getOrDefault(Folding.solid(suffix), "");
    List<String> rest = new ArrayList<>(family);
    if (rest.size() > 1 && GENERATIONS.containsKey(rest.get(rest.size() - 1))) {
      String last = GENERATIONS.get(rest.remove(rest.size() - 1));
      generation = generation.isEmpty() ? last : generation;
    }
    return new PersonName(List.copyOf(given), List.copyOf(middle), List.copyOf(rest), generation);
  }

  private static List<String> head(List<String> words) {
    return words.isEmpty() ? words : words.subList(0, 1);
  }

  private static List<String> tail(List<String> words) {
    return words.isEmpty() ? words : words.subList(1, words.size());
  }

  private static List<String> words(String text, Placeholders placeholders) {
    String folded = Folding.words(text);
    return folded.isEmpty() || placeholders.name(folded) ? List.of() : List.of(folded.split(" "));
  }
}
