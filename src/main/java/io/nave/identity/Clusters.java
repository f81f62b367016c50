package io.nave.identity;

import java.util.List;
import java.util.Set;

/**
 * The outcome of clustering.
 *
 * @param sets the ids of the records of each customer, ordered by source key, as are the sets
 * @param edges every pair that some rule or steward speaks for, strongest first
 * @param possible the POSSIBLE_MATCH edges between two customers that no steward has decided: the
 *     review tasks
 * @param severed the MATCH edges between two customers: a guard or a steward keeps them apart, they
 *     contradict each other, or one record fits both
 */
public record Clusters(
    List<Set<Long>> sets, List<Edge> edges, List<Edge> possible, List<Edge> severed) {}
