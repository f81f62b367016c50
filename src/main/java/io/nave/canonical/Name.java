package io.nave.canonical;

/**
 * A name as a source writes it; {@code full} is the whole name in one string, for organisations and
 * for sources that do not split it. Every part may be null.
 */
public record Name(
    String prefix, String given, String middle, String family, String suffix, String full) {}
