package io.nave.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What makes two records two customers, whatever else they share. */
enum Guard {
  TYPE("type", "one is a person, the other an organisation") {
    @Override
    boolean objects(Stance a, Stance b, NameComparison names) {
      return !a.type().isEmpty() && !b.type().isEmpty() && !a.type().equals(b.type());
    }
  },
  SUFFIX("suffix", "the name suffixes differ (Jr, Sr …)") {
    @Override
    boolean objects(Stance a, Stance b, NameComparison names) {
      String one = a.name().suffix();
      String other = b.name().suffix();
      return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }
  },
  BIRTH_DATE("birth-date", "the dates of birth differ") {
    @Override
    boolean objects(Stance a, Stance b, NameComparison names) {
      return a.birthDate() != null
          && b.birthDate() != null
          && !BirthDates.compatible(a.birthDate(), b.birthDate());
    }
  },
  PERSONAL_IDENTIFIER("personal-identifier", "identifiers that one has once differ") {
    @Override
    boolean objects(Stance a, Stance b, NameComparison names) {
      Set<String> both = new TreeSet<>(kinds(a.personal()));
      both.retainAll(kinds(b.personal()));
      return both.stream().anyMatch(k -> !Profile.share(only(k, a), only(k, b)));
    }
  },
  GIVEN_NAME("given-name", "the given names are two names") {
    @Override
    boolean objects(Stance a, Stance b, NameComparison names) {
      return names.compare(a.name(), b.name()) == NameLikeness.DIFFERENT;
    }
  };

  private final String key;
  private final String words;

  Guard(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Whether the two cannot be one customer; symmetric. */
  abstract boolean objects(Stance a, Stance b, NameComparison names);

  static List<String> keys() {
    return Arrays.stream(values()).map(g -> g.key).toList();
  }

  static Guard of(String key) {
    return Arrays.stream(values()).filter(g -> g.key.equals(key)).findFirst().orElseThrow();
  }

  String words() {
    return key + ": " + words;
  }

  private static Set<String> kinds(Set<String> personal) {
    return personal.stream()
        .map(i -> i.substring(0, i.lastIndexOf('|') + 1))
        .collect(Collectors.toSet());
  }

  private static Set<String> only(String kind, Stance stance) {
    return stance.personal().stream().filter(i -> i.startsWith(kind)).collect(Collectors.toSet());
  }
}
