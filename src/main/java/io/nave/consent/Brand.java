package io.nave.consent;

import java.util.Map;

/**
 * A name under which the company meets its customers, and who is responsible there.
 *
 * @param title its name for customers, by language
 */
public record Brand(String name, Map<String, String> title, Controller controller) {

  /**
   * Who is responsible (GDPR Art. 4).
   *
   * @param country ISO 3166-1 alpha-2
   * @param email where customers write about their data
   * @param url where they read about it; null: nowhere
   */
  public record Controller(String name, String address, String country, String email, String url) {}
}
