package io.nave.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The word lists in {@code demo/*.txt}. */
final class Words {
  static final List<String> STREETS = lines("streets");
  static final List<String[]> TOWNS = lines("towns").stream().map(l -> l.split(";")).toList();

  /** Short forms by given name. */
  static final Map<String, List<String>> NICKNAMES =
      lines("nicknames").stream()
          .map(line -> Arrays.asList(line.split(";")))
          .collect(Collectors.toUnmodifiableMap(l -> l.get(0), l -> l.subList(1, l.size())));

  private Words() {}

  static List<String> lines(String list) {
    try (var in = Words.class.getResourceAsStream("/demo/" + list + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("word list: demo/%s.txt is missing".formatted(list));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Home home(Dice dice) {
    var town = dice.of(TOWNS);
    var district = town[3] + dice.of(Arrays.asList(town[4].split(",")));
    var postcode = district + " " + dice.between(1, 9) + dice.postcodeLetters();
    var street = dice.between(1, 180) + " " + dice.of(STREETS);
    boolean welsh = town[2].equals("Wales") && dice.chance(0.25);
    return new Home(street, welsh ? town[1] : town[0], town[2], postcode, town[5]);
  }
}
