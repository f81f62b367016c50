package io.nave.demo;

import io.nave.platform.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Writes a population into the systems through the vendors' public APIs, all systems at once, and
 * keeps under which record id each vendor knows whom. The first refusal ends it.
 */
public final class Fill {
  private static final Map<String, Function<Map<String, String>, SpokeFill>> VENDORS =
      Map.of(
          "salesforce", SalesforceFill::new,
          "acoustic", AcousticFill::new,
          "gigya", GigyaFill::new,
          "s4hana", S4HanaFill::new);

  private final Map<String, Map<String, String>> settings;
  private final Truth truth = new Truth();
  private final Map<Integer, String> recordIds = new ConcurrentHashMap<>();

  /**
   * @param settings by spoke, what its sandbox says that one needs to connect; a spoke without
   *     settings is left out
   */
  public Fill(Map<String, Map<String, String>> settings) {
    this.settings = Map.copyOf(settings);
  }

  /**
   * Writes everything and shows how far it is.
   *
   * @throws IllegalStateException when a vendor refuses a record or does not answer
   */
  public Truth run(Population population) throws InterruptedException {
    var threads = Executors.newCachedThreadPool();
    try {
      var spokes = new ArrayList<Future<?>>();
      for (var spoke : Population.SPOKES) {
        if (settings.containsKey(spoke)) {
          spokes.add(threads.submit(() -> fill(spoke, population.of(spoke), threads)));
        }
      }
      for (var spoke : spokes) {
        finish(spoke);
      }
    } finally {
      threads.shutdownNow();
    }
    return truth;
  }

  /** The vendor's id of a record ({@link SpokeRecord#index}), or null where it was not written. */
  public String recordId(int index) {
    return recordIds.get(index);
  }

  private Void fill(String spoke, List<SpokeRecord> records, ExecutorService threads)
      throws InterruptedException {
    var vendor = VENDORS.get(spoke).apply(settings.get(spoke));
    vendor.open();
    try (var progress = Progress.of(spoke, records.size())) {
      var lanes = new ArrayList<Future<?>>();
      for (int lane = 0; lane < vendor.inFlight(); lane++) {
        int first = lane;
        lanes.add(threads.submit(() -> lane(vendor, records, first, progress)));
      }
      for (var lane : lanes) {
        finish(lane);
      }
    }
    return null;
  }

  /** Every n-th batch, where n is how many requests are in flight. */
  private Void lane(SpokeFill vendor, List<SpokeRecord> records, int first, Progress progress)
      throws InterruptedException {
    int size = vendor.batch();
    for (int from = first * size; from < records.size(); from += vendor.inFlight() * size) {
      var batch = records.subList(from, Math.min(records.size(), from + size));
      keep(batch, vendor.create(batch));
      progress.add(batch.size());
    }
    return null;
  }

  private void keep(List<SpokeRecord> batch, List<String> ids) {
    for (int i = 0; i < batch.size(); i++) {
      var record = batch.get(i);
      recordIds.put(record.index(), ids.get(i));
      truth.put(record.spoke(), ids.get(i), record.person());
    }
  }

  private static void finish(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(failed.getCause());
    }
  }
}
