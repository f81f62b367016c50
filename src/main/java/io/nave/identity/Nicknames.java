package io.nave.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Given names and their short forms: {@code language,name,forms}, the forms parted by blanks. Names
 * of one line are one name. Two names that are both listed but share no line are two names, however
 * alike they look: John and Joan are not a typing mistake.
 */
final class Nicknames {
  private static final String HEADER = "language,name,forms";

  private final Map<String, Set<Integer>> lines = new HashMap<>();
  private final Map<Integer, List<String>> names = new HashMap<>();

  private Nicknames(List<String> rows) {
    for (int i = 0; i < rows.size(); i++) {
      add(i, rows.get(i));
    }
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

  /** Whether the two folded names are forms of one name. */
  boolean related(String a, String b) {
    Set<Integer> ofA = lines.get(a);
    Set<Integer> ofB = lines.get(b);
    return ofA != null && ofB != null && ofA.stream().anyMatch(ofB::contains);
  }

  /** Whether the two folded names are both listed and are not forms of one name. */
  boolean distinct(String a, String b) {
    return lines.containsKey(a) && lines.containsKey(b) && !related(a, b);
  }

  /** Whether the folded name is in the table. */
  boolean listed(String name) {
    return lines.containsKey(name);
  }

  /** All forms of the folded name, of every name it is a form of. */
  Set<String> forms(String name) {
    Set<String> forms = new TreeSet<>();
    lines.getOrDefault(name, Set.of()).forEach(line -> forms.addAll(names.get(line)));
    return forms;
  }

  private void add(int line, String row) {
    String words = row.substring(row.indexOf(',') + 1).replace(',', ' ');
    List<String> all =
        Arrays.stream(words.strip().split(" +"))
            .map(Folding::solid)
            .filter(n -> !n.isEmpty())
            .toList();
    names.put(line, all);
    all.forEach(n -> lines.computeIfAbsent(n, x -> new TreeSet<>()).add(line));
  }
}
