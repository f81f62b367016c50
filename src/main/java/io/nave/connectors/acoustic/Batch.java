package io.nave.connectors.acoustic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What one look at the vendor's system found, in pages. Records that the look before found just the
 * same are left out: the windows of two looks overlap.
 */
public final class Batch implements AutoCloseable {
  private static final int PAGE = 400;

  /**
   * An export with what turns its rows into records.
   *
   * @param latest the latest modification among those
   */
  record Part(
      ExportFile file, UnaryOperator<Map<String, Object>> translate, Supplier<Instant> latest) {
    static Part of(ExportFile file, Records records) {
      return new Part(file, records::contact, records::latest);
    }
  }

  private final String name;
  private final Instant position;
  private final List<Part> parts;
  private final Set<Long> known;
  private final Set<Long> found = new HashSet<>();

  /**
   * @param name of the position
   * @param position how far the source has been read when all pages are in the log; null: nothing
   *     was looked for
   * @param known the fingerprints of the look before; null: the first look, which remembers nothing
   */
  Batch(String name, Instant position, List<Part> parts, Set<Long> known) {
    this.name = name;
    this.position = position;
    this.parts = List.copyOf(parts);
    this.known = known;
  }

  String name() {
    return name;
  }

  Instant position() {
    return position;
  }

  Set<Long> found() {
    return found;
  }

  /** A time at which the look was surely made, and after all that it found. */
  Instant lookedAt() {
    return parts.stream()
        .map(part -> part.latest().get())
        .filter(latest -> !latest.isBefore(position))
        .map(latest -> latest.plusMillis(1))
        .max(Comparator.naturalOrder())
        .orElse(position);
  }

  /** The records, some hundreds at a time, read from the files only as they are asked for. */
  public Iterator<List<Map<String, Object>>> pages() {
    return new Pages();
  }

  /** Deletes the files. */
  @Override
  public void close() {
    parts.forEach(part -> part.file().close());
  }

  private final class Pages implements Iterator<List<Map<String, Object>>> {
    private final Iterator<Part> rest = parts.iterator();
    private Part part;
    private List<Map<String, Object>> page = List.of();

    @Override
    public boolean hasNext() {
      if (page.isEmpty()) {
        page = read();
      }
      return !page.isEmpty();
    }

    @Override
    public List<Map<String, Object>> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<Map<String, Object>> next = page;
      page = List.of();
      return next;
    }

    private List<Map<String, Object>> read() {
      List<Map<String, Object>> records = new ArrayList<>();
      while (records.size() < PAGE && advance()) {
        Map<String, Object> row = part.file().next();
        if (isNew(row)) {
          records.add(part.translate().apply(row));
        }
      }
      return records;
    }

    private boolean advance() {
      while (part == null || !part.file().hasNext()) {
        if (!rest.hasNext()) {
          return false;
        }
        part = rest.next();
      }
      return true;
    }

    private boolean isNew(Map<String, Object> row) {
      if (known == null) {
        return true;
      }
      long fingerprint = ((long) row.hashCode() << 32) ^ row.toString().hashCode();
      found.add(fingerprint);
      return !known.contains(fingerprint);
    }
  }
}
