package io.nave.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a body, one at a time; of one that is too long only the beginning is kept. */
final class Lines {
  /** In bytes. */
  static final int MOST = 16_384;

  private final InputStream in;
  private int number;

  Lines(InputStream in) {
    this.in = new BufferedInputStream(in, MOST);
  }

  /**
   * A line.
   *
   * @param number the first is 1
   */
  record Line(int number, byte[] bytes, boolean isTooLong) {
    InputStream stream() {
      return new ByteArrayInputStream(bytes);
    }

    boolean isBlank() {
      for (byte one : bytes) {
        if (!Character.isWhitespace(one)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Null at the end. */
  Line next() throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    int one = in.read();
    if (one < 0) {
      return null;
    }
    for (; one >= 0 && one != '\n'; one = in.read()) {
      tooLong |= bytes.size() == MOST;
      if (!tooLong) {
        bytes.write(one);
      }
    }
    return new Line(++number, bytes.toByteArray(), tooLong);
  }
}
