package io.nave.identity;

/** What the rules say about two source records. */
public enum Outcome {
  MATCH,
  POSSIBLE_MATCH,
  NO_MATCH
}
