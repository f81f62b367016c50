package io.nave.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an audit found: a spoke's records as they are there, beside what the hub believes and wants.
 *
 * @param askedBy who wanted it; {@code schedule} where the hub itself did
 * @param state running, cancelled or done
 * @param total records of the spoke that the hub knew of when it began
 * @param records that were read so far
 * @param pending that were not judged, since a delivery to them is under way
 * @param differing that hold something else than they should
 * @param findings how many of each kind
 * @param fields of those that differ: how many, by the vendor's field
 * @param first the first findings; empty in lists
 * @param repairedAt when what was found was put right, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Audit(
    long id,
    String spoke,
    String askedBy,
    String state,
    Instant startedAt,
    Instant finishedAt,
    long total,
    long records,
    long pending,
    long differing,
    Map<Kind, Long> findings,
    Map<String, Long> fields,
    List<Finding> first,
    Instant repairedAt) {

  /** What can be wrong with a record. */
  public enum Kind {
    /** A field of it differs from what it should be. */
    differs,
    /** It is gone there, and nobody told the hub. */
    vanished,
    /** It holds a stop that the hub has not heard of. This is never overwritten. */
    stop,
    /** It could not be read. */
    unread,
    /** It is one of several records of one customer. */
    duplicate,
    /** The hub's own tables contradict each other about it. */
    crosswalk
  }

  /**
   * One finding.
   *
   * @param field of {@code differs}: the vendor's field; of {@code crosswalk} and {@code unread}:
   *     what is wrong
   * @param believed of {@code differs}: whether the hub believed that all was well
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Finding(
      Kind kind, String recordId, String field, Boolean believed, UUID customerId) {}

  /** Whether the spoke holds what it should, in all records that were read. */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
