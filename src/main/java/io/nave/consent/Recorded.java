package io.nave.consent;

/**
 * An entry as the ledger keeps it.
 *
 * @param entry what it says; its evidence is {@code actor} alone
 * @param method how the customer decided, such as {@code web form}; null: not told
 * @param notice the version of the wording; null: not told
 * @param language in which it was shown; null: not told
 * @param evidence JSON; null where it was not asked for or is erased
 * @param erased whether the personal part was destroyed on request
 */
public record Recorded(
    ConsentEntry entry,
    String method,
    String notice,
    String language,
    String evidence,
    boolean erased) {}
