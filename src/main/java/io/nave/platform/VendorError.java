package io.nave.platform;

/**
 * A vendor's system said no. The code is the vendor's own ({@code INVALID_SESSION_ID}, {@code
 * 403048}) or {@code HTTP 503}, {@code timeout}, {@code connection}; the connector's {@code
 * connector.yaml} says what kind of failure it is.
 */
public final class VendorError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String retryAfter;

  /**
   * @param code the vendor's code
   * @param message the vendor's words, without personal data
   */
  public VendorError(String code, String message) {
    this(code, message, null, null);
  }

  /** As above, with what caused it. */
  public VendorError(String code, String message, Throwable cause) {
    this(code, message, cause, null);
  }

  /**
   * As above, with the time that the vendor asks for.
   *
   * @param cause null where there is none
   * @param retryAfter the header {@code Retry-After} as it came; null where there was none
   */
  public VendorError(String code, String message, Throwable cause, String retryAfter) {
    super(code + ": " + message, cause);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The header {@code Retry-After} as it came; null where there was none. */
  public String retryAfter() {
    return retryAfter;
  }

  /** The vendor's code. */
  public String code() {
    return code;
  }
}
