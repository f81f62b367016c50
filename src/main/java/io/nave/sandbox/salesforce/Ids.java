package io.nave.sandbox.salesforce;

/** Record ids: a prefix for the object, a number to base 62, and a checksum that tells the case. */
final class Ids {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private Ids() {}

  /** The id with that number; ids of one prefix sort as their numbers do. */
  static String of(String prefix, long number) {
    char[] id = (prefix + "5e000000000000").toCharArray();
    long rest = number;
    for (int i = 14; rest > 0; i--, rest /= 62) {
      id[i] = DIGITS.charAt((int) (rest % 62));
    }
    return to18(new String(id, 0, 15));
  }

  /** The 18-character form of an id, or null where the text is no id. */
  static String to18(String id) {
    if (id == null || !id.matches("[0-9A-Za-z]{15}([0-9A-Za-z]{3})?")) {
      return null;
    }
    StringBuilder whole = new StringBuilder(id.substring(0, 15));
    for (int chunk = 0; chunk < 15; chunk += 5) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        bits |= Character.isUpperCase(id.charAt(chunk + i)) ? 1 << i : 0;
      }
      whole.append(CHECK.charAt(bits));
    }
    return whole.toString();
  }
}
