package io.nave.connectors;

import io.nave.platform.FailureKind;
import io.nave.platform.VendorError;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** A vendor's error codes and the kind of failure that each one is. */
final class ErrorCodes {
  private static final int DEEPEST = 30;

  /**
   * A code, or its beginning followed by {@code *}.
   *
   * @param text as written
   * @param kind what a code that fits is
   */
  record Pattern(String text, FailureKind kind) {
    boolean fits(String code) {
      return text.endsWith("*") ? code.startsWith(beginning()) : code.equals(text);
    }

    private String beginning() {
      return text.substring(0, text.length() - 1);
    }

    /** Longer is more specific, and the whole code more than its beginning. */
    private int specificity() {
      return text.endsWith("*") ? 2 * beginning().length() : 2 * text.length() + 1;
    }
  }

  private final List<Pattern> patterns;

  /**
   * @param patterns of two that are equally specific, the first one wins
   */
  ErrorCodes(List<Pattern> patterns) {
    this.patterns =
        patterns.stream().sorted(Comparator.comparingInt(Pattern::specificity).reversed()).toList();
  }

  /** The kind of a failure: the outermost cause whose code is listed says it. */
  FailureKind classify(Throwable failure) {
    for (Throwable cause : chain(failure)) {
      if (cause instanceof MappingFailed) {
        return FailureKind.INVALID;
      }
      var kind = codeOf(cause).flatMap(this::kindOf);
      if (kind.isPresent()) {
        return kind.get();
      }
    }
    return FailureKind.TRANSIENT;
  }

  /** The kind that is listed for a code. */
  Optional<FailureKind> kindOf(String code) {
    return patterns.stream().filter(p -> p.fits(code)).map(Pattern::kind).findFirst();
  }

  /** The code of the outermost cause that has one. */
  static Optional<String> code(Throwable failure) {
    return chain(failure).stream().flatMap(cause -> codeOf(cause).stream()).findFirst();
  }

  /** The failure in few words: the vendor's own, or its code; Camel's words may name addresses. */
  static Throwable inShort(Throwable failure) {
    for (Throwable cause : chain(failure)) {
      if (cause instanceof VendorError) {
        return cause;
      }
      var code = codeOf(cause);
      if (code.isPresent()) {
        return new VendorError(code.get(), "the call failed", cause);
      }
    }
    return failure;
  }

  private static Optional<String> codeOf(Throwable cause) {
    if (cause instanceof VendorError vendor) {
      return Optional.of(vendor.code());
    }
    if (cause instanceof HttpOperationFailedException http) {
      return Optional.of("HTTP " + http.getStatusCode());
    }
    if (timedOut(cause)) {
      return Optional.of("timeout");
    }
    return lostConnection(cause) ? Optional.of("connection") : Optional.empty();
  }

  private static boolean timedOut(Throwable cause) {
    return cause instanceof SocketTimeoutException
        || cause instanceof HttpTimeoutException
        || cause instanceof TimeoutException
        || cause instanceof ExchangeTimedOutException;
  }

  private static boolean lostConnection(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException
        || cause instanceof SocketException
        || cause instanceof ClosedChannelException
        || cause instanceof EOFException
        || cause instanceof NoHttpResponseException
        || cause instanceof ConnectionClosedException;
  }

  /** The failure and its causes, from the outside. */
  static List<Throwable> chain(Throwable failure) {
    var chain = new ArrayList<Throwable>();
    for (var t = failure; t != null && chain.size() < DEEPEST; t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
