/**
 * The golden record: which value of each attribute survives, and why. A pure function of what the
 * linked source records say and of {@code config/survivorship.yaml}: the order in which the records
 * came plays no part, and every value has its lineage.
 */
package io.nave.golden;
