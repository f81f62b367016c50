package io.nave.golden;

import io.nave.canonical.Customer;
import java.util.Map;

/**
 * The surviving best view of one customer.
 *
 * @param lineage by attribute key; elements of lists have their own: {@code emails[0]}
 */
public record Golden(Customer customer, Map<String, Lineage> lineage) {}
