package io.nave.canonical;

import java.util.Collections;
import java.util.List;

/**
 * A postal address; {@code country} is ISO 3166-1 alpha-2. Every part may be null, but for the
 * lines, which may be empty.
 */
public record Address(
    String type,
    List<String> lines,
    String city,
    String region,
    String postalCode,
    String country,
    Boolean primary) {

  public Address {
    lines = lines == null ? List.of() : Collections.unmodifiableList(lines);
  }
}
