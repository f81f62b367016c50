package io.nave.connectors;

import io.nave.platform.VendorError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.camel.http.base.HttpOperationFailedException;

/** How long a vendor asks to wait: the header {@code Retry-After}, in seconds or as a date. */
final class RetryAfter {
  private static final String HEADER = "Retry-After";

  private RetryAfter() {}

  /** What the outermost cause that has the header says; empty where none says anything readable. */
  static Optional<Duration> of(Throwable failure, Instant now) {
    return ErrorCodes.chain(failure).stream()
        .map(RetryAfter::header)
        .filter(header -> header != null && !header.isBlank())
        .findFirst()
        .flatMap(header -> read(header.strip(), now));
  }

  private static String header(Throwable cause) {
    if (cause instanceof VendorError vendor) {
      return vendor.retryAfter();
    }
    return cause instanceof HttpOperationFailedException http && http.getResponseHeaders() != null
        ? http.getResponseHeaders().entrySet().stream()
            .filter(one -> HEADER.equalsIgnoreCase(one.getKey()))
            .map(one -> one.getValue())
            .findFirst()
            .orElse(null)
        : null;
  }

  private static Optional<Duration> read(String header, Instant now) {
    if (header.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    try {
      var at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
