package io.nave.connectors.s4hana;

import java.util.List;
import java.util.Map;

/**
 * Some partners in the order of their numbers.
 *
 * @param records those that are to be observed
 * @param last the number of the last partner that was read
 * @param digests of all that were read, by number: records that come again unchanged are left out
 */
public record Page(List<Map<String, Object>> records, String last, Map<String, Long> digests) {}
