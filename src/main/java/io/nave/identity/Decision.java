package io.nave.identity;

import io.nave.canonical.SourceKey;

/** A steward's word on two source records; it beats every rule. At most one for a pair counts. */
public record Decision(SourceKey a, SourceKey b, boolean same) {}
