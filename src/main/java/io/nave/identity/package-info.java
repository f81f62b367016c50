/**
 * Which source records are the same customer. {@link io.nave.identity.BlockingKeys} finds
 * candidates, {@link io.nave.identity.MatchRules} compares two of them, and {@link
 * io.nave.identity.Clustering} groups them with the stewards' decisions. The rules are pure
 * functions of the records and of {@code config/matching.yaml}: arrival order plays no part.
 */
package io.nave.identity;
