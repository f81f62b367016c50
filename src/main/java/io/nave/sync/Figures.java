package io.nave.sync;

import java.time.Instant;
import java.util.Map;

/**
 * The hub's load at a time, in numbers that are cheap to read.
 *
 * @param at when they were read
 * @param reconcileLag observations that are accepted and not reconciled yet
 * @param outbox customers that are to be published
 * @param reviews review tasks that wait for a steward, put off ones not counted
 * @param frozen attributes that the hub froze, since they kept flipping, and that wait for a
 *     steward
 * @param unsealed entries of the ledger that are not in its chain yet
 * @param oldestUnsealed when the first of these was recorded; null: there is none
 * @param spokes by name; every declared spoke is there
 */
public record Figures(
    Instant at,
    long reconcileLag,
    long outbox,
    long reviews,
    long frozen,
    long unsealed,
    Instant oldestUnsealed,
    Map<String, OfSpoke> spokes) {

  /**
   * One spoke's part.
   *
   * @param observed reconciled observations, since the beginning
   * @param delivered deliveries that were written, since the beginning
   * @param unchanged deliveries that the spoke held already, since the beginning
   * @param due deliveries that wait, for their next try as well
   * @param oldest when the change became known that has waited longest of these; null: none waits
   * @param dead dead letters, messages to customers included
   * @param quarantined invalid messages
   * @param unreadSince since when looks at its source fail; null: they do not
   * @param unreadBecause what the last one failed with; null: they do not
   * @param reader the instance that reads its source; null where none does, or nothing is polled
   */
  public record OfSpoke(
      long observed,
      long delivered,
      long unchanged,
      long due,
      Instant oldest,
      long dead,
      long quarantined,
      Instant unreadSince,
      String unreadBecause,
      String reader) {

    static final OfSpoke NOTHING = new OfSpoke(0, 0, 0, 0, null, 0, 0, null, null, null);
  }
}
