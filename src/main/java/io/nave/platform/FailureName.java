package io.nave.platform;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the log may say of a failure: messages quote rows, requests and answers; names do not. */
public final class FailureName {
  private static final int DEEPEST = 16;

  private FailureName() {}

  /**
   * The class of the innermost cause, and the code that the database or the vendor gave: {@code
   * PSQLException (23505)}.
   */
  public static String of(Throwable failure) {
    var innermost = failure;
    var code = "";
    var one = failure;
    for (int deep = 0; one != null && deep < DEEPEST; deep++, one = one.getCause()) {
      innermost = one;
      code = code(one).isEmpty() ? code : code(one);
    }
    return innermost.getClass().getSimpleName() + code;
  }

  /** What the failure and its causes say, the longest first: one may quote another. */
  static List<String> messages(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .map(Throwable::getMessage)
        .filter(message -> message != null && !message.isBlank())
        .sorted(Comparator.comparing(String::length).reversed())
        .toList();
  }

  /** The failure without its messages: classes, codes and where it came from. */
  static Throwable nameless(Throwable failure) {
    return nameless(failure, 0);
  }

  private static Throwable nameless(Throwable failure, int deep) {
    if (failure == null || deep == DEEPEST) {
      return null;
    }
    if (failure instanceof Nameless) {
      return failure; // another handler's filter was here
    }
    return new Nameless(failure, nameless(failure.getCause(), deep + 1));
  }

  private static String code(Throwable one) {
    if (one instanceof SQLException sql && sql.getSQLState() != null) {
      return " (" + sql.getSQLState() + ")";
    }
    return one instanceof VendorError vendor ? " (" + vendor.code() + ")" : "";
  }

  /** Prints as the failure would, without its message. */
  private static final class Nameless extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private final String name;

    Nameless(Throwable failure, Throwable cause) {
      super(null, cause);
      name = failure.getClass().getName() + code(failure);
      setStackTrace(failure.getStackTrace());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this; // has the failure's
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
