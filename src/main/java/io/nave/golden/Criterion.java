package io.nave.golden;

import io.nave.canonical.AttributeValues;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What one value can have over another; the name is the word in {@code survivorship.yaml}. */
enum Criterion {
  /** It changed last at its source. */
  recent,
  /** Its spoke stands first in the list of trusted ones. */
  priority,
  /** Most source records say so. */
  frequent,
  /** Most of its parts are filled. */
  complete,
  /** Its source has verified it. */
  verified,
  /** It has the most characters. */
  longest,
  /** It is the least: the earliest date, the smallest number, the first text. */
  minimum,
  /** It is the greatest. */
  maximum;

  /** The attributes that are lists: their elements survive one by one, each of them whole. */
  static final Set<String> LISTS =
      Set.of("emails", "phones", "addresses", "identifiers", "memberships", "domains");

  private static final Set<String> ATOMS = Set.of("type", "gender", "language", "birthDate");
  private static final Set<String> VERIFIABLE = Set.of("emails", "phones");
  private static final List<Criterion> OF_GROUPS = List.of(recent, priority, frequent, complete);

  /** Whether the criterion can tell values of this attribute apart. */
  boolean suits(String attribute) {
    boolean free = attribute.startsWith(AttributeValues.FREE_FORM);
    return switch (this) {
      case recent, priority, frequent -> true;
      case complete -> free || attribute.equals("name") || LISTS.contains(attribute);
      case verified -> VERIFIABLE.contains(attribute);
      case longest -> !ATOMS.contains(attribute);
      case minimum, maximum -> free || attribute.equals("birthDate");
    };
  }

  /** Whether it looks at the statement only, not at what is stated. */
  boolean isOfTheStatement() {
    return this == recent || this == priority;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Criterion::name).toList();
  }

  static List<String> namesOfGroups() {
    return OF_GROUPS.stream().map(Criterion::name).toList();
  }

  static List<String> namesFor(String attribute) {
    return Arrays.stream(values()).filter(c -> c.suits(attribute)).map(Criterion::name).toList();
  }
}
