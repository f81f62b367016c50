package io.nave.demo;

/** One slip of the finger, never in the first letter. */
final class Typo {
  private Typo() {}

  static String in(String text, Dice dice) {
    if (text.length() < 4) {
      return text;
    }
    int at = dice.between(1, text.length() - 2);
    var before = text.substring(0, at);
    char here = text.charAt(at);
    char next = text.charAt(at + 1);
    var after = text.substring(at + 2);
    return switch (dice.between(0, 3)) {
      case 0 -> before + next + here + after;
      case 1 -> before + next + after;
      case 2 -> before + here + here + next + after;
      default -> before + (char) ('a' + dice.between(0, 25)) + next + after;
    };
  }
}
