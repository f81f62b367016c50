package io.nave.connectors;

/**
 * A mapping could not be compiled, or stopped at a record. The message names file, line and column,
 * and the record's place; it never carries a value of the record.
 */
public final class MappingFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MappingFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
