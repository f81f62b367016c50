package io.nave.console;

import java.util.List;

/**
 * One value of an attribute as people read it.
 *
 * @param notes what qualifies it: "primary", "home"
 * @param plain true for what is written from left to right in every language: e-mails, phones, ids
 */
public record Value(String text, List<String> notes, boolean plain) {

  static Value of(String text) {
    return new Value(text, List.of(), false);
  }

  static Value plain(String text, List<String> notes) {
    return new Value(text, notes, true);
  }
}
