package io.nave.sync;

import java.util.List;
import java.util.UUID;

/** What became of what a steward wants. Unless it is {@link Done}, nothing was changed. */
public sealed interface StewardAnswer {

  /**
   * It is done.
   *
   * @param made the decisions that were made
   * @param retracted those that stand no longer
   * @param customers the customers of the records concerned, as they are now
   */
  record Done(List<StewardDecision> made, List<StewardDecision> retracted, List<UUID> customers)
      implements StewardAnswer {}

  /** There is no such customer or decision. */
  record Unknown(String what) implements StewardAnswer {}

  /** Something that was given is wrong. */
  record Refused(List<Mistake> mistakes) implements StewardAnswer {}

  /** Standing decisions say the opposite. */
  record Contradicted(List<Mistake> mistakes) implements StewardAnswer {}

  /**
   * What is wrong with one item.
   *
   * @param index of the item in the list
   * @param pointer into the item
   * @param decisions those that contradict it
   */
  record Mistake(int index, String pointer, String message, List<StewardDecision> decisions) {}

  static Refused refused(int index, String pointer, String message) {
    return new Refused(List.of(new Mistake(index, pointer, message, List.of())));
  }
}
