package io.nave.platform;

import java.util.List;

/** A file of rules has mistakes; the message lists them all, each {@code file:line: what}. */
public final class InvalidConfig extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> mistakes;

  public InvalidConfig(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** One line a mistake, in the order of the file. */
  public List<String> mistakes() {
    return mistakes;
  }
}
