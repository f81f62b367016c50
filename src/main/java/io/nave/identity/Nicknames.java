package io.nave.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Given names and their short forms: {@code language,name,forms}, the forms parted by blanks. Names
 * of one line are one name. Two names that are both listed but share no line are two names, however
 * alike they look: John and Joan are not a typing mistake.
 */
final class Nicknames {
  private static final String HEADER = "language,name,forms";
  private static final int[] NONE = {};

  /** Without any name. */
  static final Nicknames NOBODY = new Nicknames(List.of());

  private final Map<String, GivenName> names = new HashMap<>();
  private final List<List<String>> forms = new ArrayList<>();

  private Nicknames(List<String> rows) {
    Map<String, TreeSet<Integer>> lines = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> all = names(rows.get(i));
      forms.add(all);
      for (String name : all) {
        lines.computeIfAbsent(name, x -> new TreeSet<>()).add(i);
      }
    }
    lines.forEach((name, of) -> names.put(name, listed(name, of)));
  }

  private GivenName listed(String name, TreeSet<Integer> lines) {
    int initials = 0;
    for (int line : lines) {
      for (String form : forms.get(line)) {
        initials |= bit(form.charAt(0));
      }
    }
    return new GivenName(name, lines.stream().mapToInt(i -> i).toArray(), initials);
  }

  static int bit(char letter) {
    return letter >= 'a' && letter <= 'z' ? 1 << letter - 'a' : 0;
  }

  static Nicknames read(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("file: " + file + " (expected: a readable file)", e);
    }
  }

  static Nicknames parse(String name, List<String> rows) {
    for (int i = 0; i < rows.size(); i++) {
      String row = rows.get(i);
      if (row.chars().filter(c -> c == ',').count() != 2 || i == 0 && !row.equals(HEADER)) {
        throw new IllegalArgumentException(
            name + ":" + (i + 1) + ": " + row + " (expected: " + HEADER + ")");
      }
    }
    return new Nicknames(rows.subList(Math.min(1, rows.size()), rows.size()));
  }

  /** The folded word with what is known of it. */
  GivenName of(String word) {
    GivenName listed = names.get(word);
    return listed != null ? listed : new GivenName(word, NONE, 0);
  }

  /** Whether the folded name is in the table. */
  boolean listed(String name) {
    return names.containsKey(name);
  }

  /** Whether the unlisted word is a form of the name but for a typing mistake. */
  boolean misspeltForm(String word, GivenName name) {
    for (int line : name.lines()) {
      List<String> all = forms.get(line);
      for (int i = 0; i < all.size(); i++) {
        if (Spelling.typo(all.get(i), word)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> names(String row) {
    String words = row.substring(row.indexOf(',') + 1).replace(',', ' ');
    List<String> all = new ArrayList<>();
    for (String word : Words.of(words.strip())) {
      String name = Folding.solid(word);
      if (!name.isEmpty()) {
        all.add(name);
      }
    }
    return all;
  }
}
