package io.nave.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads records of a spoke, as many at once as it bears. */
final class ReadRecords {
  private final Spoke spoke;
  private final Crossing crossing;

  ReadRecords(Spoke spoke, Crossing crossing) {
    this.spoke = spoke;
    this.crossing = crossing;
  }

  /**
   * What was found in one record.
   *
   * @param held empty where the spoke has no such record; null where it could not be read
   * @param failure why it could not be read, or null
   */
  record Found(String recordId, Optional<Held> held, Throwable failure) {}

  /** Reads them; yields one for each, in their order. */
  List<Found> now(Collection<String> recordIds, boolean urgent) {
    var under = new ArrayList<CompletableFuture<Found>>();
    for (var recordId : recordIds) {
      crossing.enter(urgent);
      under.add(
          spoke
              .read(recordId)
              .handle((held, failure) -> new Found(recordId, held, cause(failure)))
              .whenComplete((done, never) -> crossing.leave(urgent))
              .toCompletableFuture());
    }
    return under.stream().map(CompletableFuture::join).toList();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
