package io.nave.identity;

import java.util.Comparator;
import java.util.List;

/** Names of organisations without their legal form. */
final class OrganisationName {
  private final List<String> legalForms;

  OrganisationName(List<String> legalForms) {
    this.legalForms =
        legalForms.stream()
            .map(Folding::words)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The folded name without legal forms at either end, as one run of letters; may be empty. */
  String core(String full) {
    String name = Folding.words(full == null ? null : full.replace("&", " and "));
    String shorter = strip(name);
    while (!shorter.equals(name)) {
      name = shorter;
      shorter = strip(name);
    }
    return name.replace(" ", "");
  }

  private String strip(String name) {
    for (String form : legalForms) {
      if (name.endsWith(" " + form)) {
        return name.substring(0, name.length() - form.length() - 1);
      }
      if (name.startsWith(form + " ")) {
        return name.substring(form.length() + 1);
      }
    }
    return name;
  }

  static boolean alike(String a, String b) {
    return !a.isEmpty() && (a.equals(b) || Math.min(a.length(), b.length()) >= 8 && typo(a, b));
  }

  private static boolean typo(String a, String b) {
    return Math.abs(a.length() - b.length()) <= 1 && Spelling.edits(a, b) <= 1;
  }
}
