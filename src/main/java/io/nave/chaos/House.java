package io.nave.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The processes of a run. What is started is awaited until it works. */
public interface House {

  /** Where the instances of the hub listen, whether they run or not. */
  List<URI> hubs();

  /** The systems' addresses by name. */
  Map<String, URI> systems();

  /** The longest time between two looks of the hub for changes that no webhook told of. */
  Duration longestPoll();

  /** SIGKILL. */
  void killHub(int hub);

  /** SIGTERM, and waits until it has ended. */
  void drainHub(int hub);

  /** Starts an instance that does not run. */
  void startHub(int hub);

  /** Starts an instance that reads and writes nothing, as operators do after a restore. */
  void startReader(int hub);

  /** SIGSTOP. */
  void freezeHub(int hub);

  /** SIGCONT. */
  void thawHub(int hub);

  /**
   * PostgreSQL ends.
   *
   * @param hard by SIGKILL, else by a fast shutdown
   */
  void stopDatabase(boolean hard);

  /** PostgreSQL can write no more, as on a full disk, until it is stopped and comes back. */
  void fillDisk();

  /** PostgreSQL comes back. */
  void startDatabase();

  /** Keeps a copy of PostgreSQL's data, which stops for it. */
  void backUp();

  /** PostgreSQL goes on from the copy, Kafka from nothing, as operators do it. No instance runs. */
  void restore();

  /** Kafka ends, as {@link #stopDatabase}. */
  void stopLog(boolean hard);

  /** Kafka comes back. */
  void startLog();

  /**
   * Takes one delivery that is due out of the hub's queue, so that it is never made.
   *
   * @return whether there was one
   */
  boolean dropDelivery(String spoke);

  /** The customers that were published with a lower version after a higher one, from the topic. */
  List<String> versionsOutOfOrder();
}
