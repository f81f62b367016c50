package io.nave.consent;

/**
 * An entry and its place in the chain.
 *
 * @param seq its place; 0 where it is not chained yet
 * @param hash in hexadecimal digits; null where it is not chained yet
 */
public record Sealed(ConsentEntry entry, long seq, String hash) {}
