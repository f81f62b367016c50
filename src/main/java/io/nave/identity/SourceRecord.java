package io.nave.identity;

import io.nave.canonical.Customer;
import io.nave.canonical.SourceKey;

/**
 * One spoke's current statement about one customer.
 *
 * @param id the database's id; it takes no part in any decision
 * @param customer the last known content, also of a deleted record
 * @param deleted whether the source deleted it; its link stays
 */
public record SourceRecord(long id, SourceKey key, Customer customer, boolean deleted) {}
