package io.nave;

/**
 * A row that the hub, or the mapping, did not take. {@code pointer} may be empty.
 *
 * @param line of the file
 */
record Refusal(long line, String pointer, String message) {
  @Override
  public String toString() {
    return "line " + line + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + message;
  }
}
