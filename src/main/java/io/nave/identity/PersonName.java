package io.nave.identity;

import io.nave.canonical.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A person's name, folded to words.
 *
 * @param suffix jr, sr, ii, iii … or empty; academic suffixes say nothing about who it is
 * @param familyCore the family name without particles; the whole where it has nothing else
 * @param givenSolid the given names as one run of letters
 * @param familySolid the family name as one run of letters
 * @param givenSound the given names' {@link Spelling#skeleton}
 * @param familySound the family name's skeleton, without particles
 * @param script how the source wrote it
 */
record PersonName(
    List<GivenName> given,
    List<String> middle,
    List<String> family,
    List<String> familyCore,
    String suffix,
    String givenSolid,
    String familySolid,
    String givenSound,
    String familySound,
    Script script) {
  static final PersonName NONE =
      new PersonName(List.of(), List.of(), List.of(), List.of(), "", "", "", "", "", Script.LATIN);

  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "der", "den", "de", "da", "di", "del", "della", "dos", "du", "la", "le",
          "el", "al", "bin", "ben", "ibn", "ap", "ab", "ferch", "verch", "mac", "mc", "o", "st",
          "ter", "ten", "zu", "zur", "vom");

  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "mx",
          "dr",
          "prof",
          "professor",
          "sir",
          "dame",
          "lady",
          "lord",
          "rev",
          "revd",
          "reverend",
          "hon",
          "capt",
          "col",
          "herr",
          "frau",
          "mme",
          "mlle",
          "pan",
          "pani");

  private static final Set<String> HONOURS =
      Set.of(
          "phd", "md", "obe", "mbe", "cbe", "esq", "qc", "kc", "bt", "bart", "baronet", "frs",
          "mp");

  boolean empty() {
    return given.isEmpty() && family.isEmpty();
  }

  /** Whether only one part is known: it may stand in the place of the other. */
  boolean isLone() {
    return given.isEmpty() != family.isEmpty();
  }

  /** Makes names of what sources write. */
  static final class Reader {
    private final Placeholders placeholders;
    private final Nicknames nicknames;

    Reader(Placeholders placeholders, Nicknames nicknames) {
      this.placeholders = placeholders;
      this.nicknames = nicknames;
    }

    PersonName of(Name name) {
      if (name == null) {
        return NONE;
      }
      List<String> given = words(name.given());
      List<String> family = words(name.family());
      if (given.isEmpty() && family.isEmpty()) {
        return name.full() == null ? NONE : ofFull(name);
      }
      Script script = Script.of(name.given(), name.family());
      return build(given, words(name.middle()), family, name.suffix(), script);
    }

    private PersonName ofFull(Name name) {
      Script script = Script.of(name.full());
      int comma = name.full().indexOf(',');
      if (comma <= 0) {
        return split(words(name.full()), name.suffix(), script);
      }
      List<String> first = words(name.full().substring(comma + 1));
      List<String> family = words(name.full().substring(0, comma));
      return first.size() == 1 && !Generations.of(first.get(0)).isEmpty()
          ? split(family, first.get(0), script)
          : build(head(first), tail(first), family, name.suffix(), script);
    }

    private PersonName split(List<String> words, String suffix, Script script) {
      int last = words.size() - 1;
      boolean generation = last > 1 && !Generations.of(words.get(last)).isEmpty();
      String found = generation ? words.get(last) : suffix;
      List<String> rest = generation ? words.subList(0, last) : words;
      if (rest.size() < 2) {
        return build(rest, List.of(), List.of(), found, script);
      }
      int family = familyStart(rest);
      List<String> middle = rest.subList(1, family);
      return build(head(rest), middle, rest.subList(family, rest.size()), found, script);
    }

    /** A generation that stands at the end of a part moves to the suffix. */
    private PersonName build(
        List<String> given,
        List<String> middle,
        List<String> family,
        String suffix,
        Script script) {
      List<String> first = new ArrayList<>(given);
      List<String> second = new ArrayList<>(middle);
      List<String> last = new ArrayList<>(family);
      String generation = suffix == null ? "" : Generations.of(Folding.solid(suffix));
      generation = taken(last, 1, generation);
      generation = taken(second, family.isEmpty() ? 1 : 2, generation);
      generation = taken(first, 1, generation);
      while (first.size() + last.size() > 1 && !first.isEmpty() && TITLES.contains(first.get(0))) {
        first.remove(0);
      }
      while (last.size() > 1 && HONOURS.contains(last.get(last.size() - 1))) {
        last.remove(last.size() - 1);
      }
      List<GivenName> names = new ArrayList<>(first.size());
      first.forEach(word -> names.add(nicknames.of(word)));
      List<String> core = core(last);
      String solid = String.join("", first);
      return new PersonName(
          names,
          second,
          last,
          core,
          generation,
          solid,
          String.join("", last),
          Spelling.skeleton(solid),
          Spelling.skeleton(String.join("", core)),
          script);
    }

    private static String taken(List<String> words, int kept, String generation) {
      int last = words.size() - 1;
      String found = last >= kept ? Generations.of(words.get(last)) : "";
      if (!found.isEmpty()) {
        words.remove(last);
      }
      return generation.isEmpty() ? found : generation;
    }

    private List<String> words(String text) {
      String folded = text == null ? "" : Folding.words(text);
      return folded.isEmpty() || placeholders.name(folded) ? List.of() : Words.of(folded);
    }
  }

  private static int familyStart(List<String> words) {
    int start = words.size() - 1;
    while (start > 1 && PARTICLES.contains(words.get(start - 1))) {
      start--;
    }
    return start;
  }

  private static List<String> core(List<String> family) {
    if (family.size() < 2) {
      return family;
    }
    List<String> core = new ArrayList<>(family);
    core.removeIf(PARTICLES::contains);
    return core.isEmpty() ? family : core;
  }

  private static List<String> head(List<String> words) {
    return words.isEmpty() ? words : words.subList(0, 1);
  }

  private static List<String> tail(List<String> words) {
    return words.isEmpty() ? words : words.subList(1, words.size());
  }
}
