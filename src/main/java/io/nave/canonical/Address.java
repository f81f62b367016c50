package io.nave.canonical;

import java.util.List;

/** A postal address; {@code country} is ISO 3166-1 alpha-2. Every part may be null. */
public record Address(
    String type,
    List<String> lines,
    String city,
    String region,
    String postalCode,
    String country,
    Boolean primary) {}
