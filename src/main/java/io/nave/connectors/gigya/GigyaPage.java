package io.nave.connectors.gigya;

import java.util.List;
import java.util.Map;

/**
 * Some accounts of one catch-up.
 *
 * @param records accounts that were not handed on yet, as the vendor has them
 * @param began the vendor's time when the catch-up began: up to there nothing is missed
 * @param from the earliest change that is looked for, epoch milliseconds, or -1 for everything
 * @param table where the accounts are: {@code accounts} or {@code emailAccounts}
 * @param cursor the vendor's cursor for the next page, or null at the end of the table
 */
public record GigyaPage(
    List<Map<String, Object>> records, String began, long from, String table, String cursor) {}
