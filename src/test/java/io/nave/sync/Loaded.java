package io.nave.sync;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What must be known before records are created: that the spoke's own were read. */
final class Loaded {
  private Loaded() {}

  static Creations creations(Transactions transactions) {
    return creations(transactions, () -> true);
  }

  static Creations creations(Transactions transactions, BooleanSupplier loaded) {
    return new Creations(new Positions(loaded), new Nothing(), transactions);
  }

  private record Positions(BooleanSupplier loaded) implements Cursors {
    @Override
    public String read(String spoke, String name) {
      return loaded.getAsBoolean() ? DONE : null;
    }

    @Override
    public void write(String spoke, String name, String value) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Nothing implements ObservationLog {
    @Override
    public void append(List<Entry> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> accepted() {
      return Map.of();
    }

    @Override
    public String whole() {
      return "observations";
    }
  }
}
