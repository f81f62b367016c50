package io.nave.identity;

/**
 * One folded word of a given name, with what the table of nicknames knows of it.
 *
 * @param lines the lines of the table it stands in, in order; empty where it is not listed
 * @param initials the first letters of all forms of the name, one bit each from a to z
 */
record GivenName(String text, int[] lines, int initials) {

  boolean isInitial() {
    return text.length() == 1;
  }

  boolean isListed() {
    return lines.length > 0;
  }

  /** Whether some form of the name begins with the letter. */
  boolean beginsWith(char letter) {
    return text.charAt(0) == letter || (initials & Nicknames.bit(letter)) != 0;
  }

  /** Whether both are forms of one name. */
  boolean related(GivenName other) {
    int i = 0;
    int j = 0;
    while (i < lines.length && j < other.lines.length) {
      if (lines[i] == other.lines[j]) {
        return true;
      }
      if (lines[i] < other.lines[j]) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }
}
