package io.nave.canonical;

/**
 * A telephone number. {@code value} is E.164 where the number could be understood; {@code original}
 * keeps what the source wrote where that differs, else null.
 */
public record Phone(
    String value, String type, Boolean primary, Boolean verified, String original) {}
