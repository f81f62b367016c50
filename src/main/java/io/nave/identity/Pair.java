package io.nave.identity;

import io.nave.identity.NameComparison.Part;

/** Two candidates and what several rules want to know about them, computed once. */
final class Pair {
  final Profile a;
  final Profile b;
  private final NameComparison names;
  private NameLikeness likeness;

  Pair(Profile a, Profile b, NameComparison names) {
    this.a = a;
    this.b = b;
    this.names = names;
  }

  /** How the names relate; an unclear given name of the other gender is no likeness. */
  NameLikeness name() {
    if (likeness == null) {
      likeness = names.compare(a.stance.name(), b.stance.name());
      if (likeness.compareTo(NameLikeness.PARTIAL) <= 0 && otherGender() && !sameGiven()) {
        likeness = NameLikeness.UNSURE;
      }
    }
    return likeness;
  }

  boolean sameGiven() {
    Part given = names.given(a.stance.name(), b.stance.name());
    return given == Part.SAME || given == Part.SIMILAR && !otherGender();
  }

  private boolean otherGender() {
    String one = a.stance.gender();
    String other = b.stance.gender();
    return one.equals("female") && other.equals("male")
        || one.equals("male") && other.equals("female");
  }
}
