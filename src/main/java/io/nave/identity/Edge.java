package io.nave.identity;

/**
 * What speaks for two source records being of one customer.
 *
 * @param a the id of one record
 * @param b the id of the other
 * @param rule the rule that decided, or {@code score}
 * @param weight the evidence in bits, prior included
 */
public record Edge(long a, long b, Outcome outcome, String rule, double weight) {}
