package io.nave.canonical;

/**
 * An e-mail address. {@code value} is standardised (domain in lower case and ASCII, spaces gone);
 * {@code original} keeps what the source wrote where that differs, else null.
 */
public record Email(
    String value, String type, Boolean primary, Boolean verified, String original) {}
