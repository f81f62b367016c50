package io.nave.identity;

/**
 * A rule that agrees.
 *
 * @param because the evidence in words, without the customer's values
 */
public record Match(String rule, Outcome outcome, double weight, String because) {}
