package io.nave.identity;

/**
 * What is known about a pair of source records.
 *
 * @param a the id of the record whose key comes first
 * @param b the id of the other
 * @param rule the rules that agree, the guard that objects, or {@code steward}
 * @param weight strength: the sum of the weights of the rules that agree; infinite for a steward
 */
public record Edge(long a, long b, Outcome outcome, String rule, double weight) {}
