package io.nave.demo;

import java.util.List;
import java.util.Random;

/** Seeded chance: the same seed falls the same way for ever. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both possible. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The index of one of the weights, the heavier the likelier. */
  int weighted(double... weights) {
    double rest = random.nextDouble();
    for (int i = 0; i < weights.length; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  String digits(int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  /** Letters that British postcodes end in. */
  String postcodeLetters() {
    var letters = "ABDEFGHJLNPQRSTUWXYZ";
    return "" + letters.charAt(random.nextInt(20)) + letters.charAt(random.nextInt(20));
  }
}
