package io.nave.canonical;

/** A number or code that some issuer gave to the customer: loyalty card, national id, VAT id. */
public record Identifier(String type, String issuer, String value) {}
