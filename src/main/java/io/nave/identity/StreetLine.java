package io.nave.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines of postal addresses, folded, with the usual abbreviations made one. */
final class StreetLine {
  private static final int SHORTEST = 5;
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("street", "st"),
          Map.entry("road", "rd"),
          Map.entry("avenue", "ave"),
          Map.entry("av", "ave"),
          Map.entry("lane", "ln"),
          Map.entry("drive", "dr"),
          Map.entry("boulevard", "blvd"),
          Map.entry("square", "sq"),
          Map.entry("court", "ct"),
          Map.entry("strasse", "str"),
          Map.entry("ulica", "ul"),
          Map.entry("calle", "c"),
          Map.entry("apartment", "apt"),
          Map.entry("flat", "apt"));

  private StreetLine() {}

  /** The lines that are long enough and have a letter and a digit: a house, not a town. */
  static List<String> all(List<String> lines) {
    List<String> folded = new ArrayList<>();
    for (String line : lines == null ? List.<String>of() : lines) {
      String one = fold(line);
      if (one.length() >= SHORTEST && one.matches(".*[0-9].*") && one.matches(".*[a-z].*")) {
        folded.add(one);
      }
    }
    return folded;
  }

  private static String fold(String line) {
    return Arrays.stream(Folding.words(line).split(" "))
        .map(w -> SHORT.getOrDefault(w, w))
        .map(w -> w.endsWith("strasse") ? w.substring(0, w.length() - 7) + "str" : w)
        .collect(Collectors.joining());
  }
}
