package io.nave.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Customers that are compared with a system again, and how far that is.
 *
 * @param what which customers are meant; empty: all. A query is not kept longer than it is needed
 * @param dryRun whether it only counts what would be done, by what the hub believes of the records
 * @param state running, paused, cancelled or done
 * @param total customers that were meant when it began
 * @param customers so many of these are made due, or counted, so far
 * @param waiting records that are due for it now
 * @param created records that were created; of a dry run: that would be
 * @param updated records that were written; likewise
 * @param unchanged records that hold already what they should
 * @param notHeld records that the system cannot hold, or has no more
 * @param failed dead letters
 * @param samples of a dry run: the first records that differ; filled where one replay is asked for
 */
public record Replay(
    long id,
    String spoke,
    JsonNode what,
    boolean quiet,
    boolean dryRun,
    String askedBy,
    String state,
    Instant startedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant finishedAt,
    long total,
    long customers,
    long waiting,
    long created,
    long updated,
    long unchanged,
    long notHeld,
    long failed,
    List<Sample> samples) {

  /**
   * A record that differs.
   *
   * @param target the record's id in the system, or {@code +} and the customer's id where it is to
   *     be created
   * @param before what it holds, as far as is known; null for one that is to be created
   * @param wanted what it should hold
   */
  public record Sample(String target, UUID customerId, JsonNode before, JsonNode wanted) {}

  Replay with(List<Sample> found) {
    return new Replay(
        id,
        spoke,
        what,
        quiet,
        dryRun,
        askedBy,
        state,
        startedAt,
        finishedAt,
        total,
        customers,
        waiting,
        created,
        updated,
        unchanged,
        notHeld,
        failed,
        found);
  }
}
