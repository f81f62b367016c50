package io.nave.golden;

import java.time.Instant;

/**
 * Where a surviving value comes from.
 *
 * @param changedAt when it changed there; null where that is not known
 * @param rule the survivorship rule that chose it: {@code only} where nobody else had a value
 */
public record Lineage(String spoke, String recordId, Instant changedAt, String rule) {}
