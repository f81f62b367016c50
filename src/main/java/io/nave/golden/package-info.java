/**
 * The golden record: which value of each attribute survives, and why. A pure function of what the
 * linked source records say, of what stewards pinned, and of {@code config/survivorship.yaml}: the
 * clock and the order in which the records came plays no part, and every value has its lineage.
 */
package io.nave.golden;
