package io.nave.demo;

/** A postal address in Great Britain. */
public record Home(
    String street, String town, String region, String postcode, String landlineStart) {}
