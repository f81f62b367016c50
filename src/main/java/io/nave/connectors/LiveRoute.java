package io.nave.connectors;

import java.time.Duration;

/**
 * A Camel route of this instance and what it has done since it started. What a route counts depends
 * on what it reads: a timer's turns, batches of a Kafka topic, polls, or records.
 *
 * @param name the route's id; of a source or a sink of a connector the Kamelet's name
 * @param spoke whose it is; null: the hub's
 * @param description from its file; null where it has none
 * @param mean of one exchange; null: there was none
 */
public record LiveRoute(
    String name,
    Part part,
    String spoke,
    String description,
    boolean running,
    long exchanges,
    long failed,
    long inFlight,
    Duration mean) {

  /** The part of a route in the flow, in the order of the flow. */
  public enum Part {
    /** A connector's source. */
    SOURCE,
    /** Of a system's file, to the hub. */
    IN,
    RECONCILE,
    PUBLISH,
    NOTICE,
    /** Of a system's file, from the hub. */
    OUT,
    /** A connector's sink. */
    SINK,
    /** Of the hub, beside the flow. */
    ASIDE
  }
}
