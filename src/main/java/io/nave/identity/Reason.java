package io.nave.identity;

/**
 * What one comparison says.
 *
 * @param comparison what was compared: {@code given}, {@code birth-date}, {@code
 *     attributes.shoeSize}
 * @param level how much it agrees: {@code same}, {@code close}, {@code different} …
 * @param weight the evidence in bits: above zero speaks for one customer
 */
public record Reason(String comparison, String level, double weight) {}
