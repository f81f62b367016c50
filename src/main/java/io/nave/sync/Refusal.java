package io.nave.sync;

/**
 * Why an observation was not understood.
 *
 * @param pointer where: a JSON pointer (RFC 6901), empty for the whole
 * @param message pointer, what was given (no names, addresses or numbers), and what was expected
 */
public record Refusal(String pointer, String message) {}
