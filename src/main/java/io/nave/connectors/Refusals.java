package io.nave.connectors;

import io.nave.platform.VendorError;

/**
 * Lets a Kamelet say that the vendor refused, which Camel's own {@code throwException} cannot say
 * with a code: {@code ${bean:type:io.nave.connectors.Refusals?method=refuse(code, message)}}.
 */
public final class Refusals {
  private Refusals() {}

  /**
   * Throws.
   *
   * @param code the vendor's code, or {@code HTTP nnn}
   * @param message what failed, without personal data
   * @throws VendorError always
   */
  public static void refuse(String code, String message) {
    throw new VendorError(code, message);
  }
}
