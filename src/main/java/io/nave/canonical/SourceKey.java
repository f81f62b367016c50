package io.nave.canonical;

/** Identifies a source record: the spoke and the record's id there. */
public record SourceKey(String spoke, String recordId) implements Comparable<SourceKey> {

  @Override
  public int compareTo(SourceKey other) {
    int bySpoke = spoke.compareTo(other.spoke);
    return bySpoke != 0 ? bySpoke : recordId.compareTo(other.recordId);
  }

  @Override
  public String toString() {
    return spoke + ":" + recordId;
  }
}
