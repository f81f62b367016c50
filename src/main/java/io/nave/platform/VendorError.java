package io.nave.platform;

/**
 * A vendor's system said no. The code is the vendor's own ({@code INVALID_SESSION_ID}, {@code
 * 403048}) or {@code HTTP 503}, {@code timeout}, {@code connection}; the connector's {@code
 * connector.yaml} says what kind of failure it is.
 */
public final class VendorError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  /**
   * @param code the vendor's code
   * @param message the vendor's words, without personal data
   */
  public VendorError(String code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** As above, with what caused it. */
  public VendorError(String code, String message, Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  /** The vendor's code. */
  public String code() {
    return code;
  }
}
