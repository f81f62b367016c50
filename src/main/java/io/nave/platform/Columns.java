package io.nave.platform;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Rows as SQL arrays, one a column, so that one statement over {@code unnest} writes a whole batch.
 */
public final class Columns {

  private Columns() {}

  /** A {@code text[]}; what is no text is cast in the statement. */
  public static <T> Array text(Connection connection, Collection<T> rows, Function<T, ?> column)
      throws SQLException {
    var values =
        rows.stream()
            .map(column)
            .map(value -> value == null ? null : value.toString())
            .toArray(String[]::new);
    return connection.createArrayOf("text", values);
  }

  /** A {@code bigint[]}. */
  public static <T> Array numbers(
      Connection connection, Collection<T> rows, ToLongFunction<T> column) throws SQLException {
    var values = rows.stream().mapToLong(column).boxed().toArray(Long[]::new);
    return connection.createArrayOf("int8", values);
  }

  /** A {@code timestamptz} of a row; null where there is none. */
  public static Instant instant(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
