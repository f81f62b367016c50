package io.nave.centre;

import java.util.List;
import java.util.Map;

/**
 * A purpose as customers see it.
 *
 * @param isAsked whether the customer can say yes and no; else it is only told
 * @param channels what it can be allowed on; empty: only as a whole
 * @param topics its parts, with their titles by language
 * @param confirmed the channels on which a yes has to be confirmed
 * @param bound the channels on which a yes counts for one number or address only
 * @param notice the version of the wording; null: none
 * @param wording what a yes says, by language; may be empty
 */
record Offer(
    String name,
    boolean isAsked,
    List<String> channels,
    Map<String, Map<String, String>> topics,
    Map<String, String> title,
    Map<String, String> text,
    List<String> confirmed,
    List<String> bound,
    String notice,
    Map<String, String> wording) {
  static final String ANY = "any";

  /** What is shown of it, in the order of {@code shown}. */
  List<String> channels(List<String> shown) {
    return channels.isEmpty() ? List.of(ANY) : shown.stream().filter(channels::contains).toList();
  }
}
