package io.nave.sync;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes whose answers nobody needs, sent in one round trip and in their order. Each costs the hub
 * and the database a change of threads otherwise, which is most of what a small batch costs.
 *
 * <p>An update on {@link #later} tells of 0 rows and fails when all are sent. A query on it is made
 * at once, and does not see what waits.
 */
final class Together {
  private final Connection connection;
  private final List<Kept> waiting = new ArrayList<>();

  private record Kept(String sql, List<Parameter> parameters) {}

  /** A call that sets a parameter: its first argument is the position. */
  private record Parameter(Method set, Object[] arguments) {
    int position() {
      return (int) arguments[0];
    }

    void on(PreparedStatement statement, int before) throws Throwable {
      var shifted = arguments.clone();
      shifted[0] = before + position();
      call(statement, set, shifted);
    }
  }

  Together(Connection connection) {
    this.connection = connection;
  }

  /** The connection whose updates wait for {@link #send}. */
  Connection later() {
    return proxy(
        Connection.class,
        (method, arguments) ->
            method.getName().equals("prepareStatement") && arguments.length == 1
                ? statement((String) arguments[0])
                : call(connection, method, arguments));
  }

  private PreparedStatement statement(String sql) {
    var parameters = new ArrayList<Parameter>();
    var queries = new ArrayList<PreparedStatement>(1);
    return proxy(
        PreparedStatement.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "executeUpdate" -> {
                waiting.add(new Kept(sql, parameters));
                yield 0;
              }
              case "executeQuery" -> {
                queries.add(connection.prepareStatement(sql));
                yield bound(queries.get(0), parameters, 0).executeQuery();
              }
              case "close" -> {
                for (var query : queries) {
                  query.close();
                }
                yield null;
              }
              default -> {
                if (!method.getName().startsWith("set") || method.getParameterCount() != 2) {
                  throw new UnsupportedOperationException(method.getName());
                }
                parameters.add(new Parameter(method, arguments));
                yield null;
              }
            });
  }

  private static PreparedStatement bound(
      PreparedStatement statement, List<Parameter> parameters, int before) throws Throwable {
    for (var parameter : parameters) {
      parameter.on(statement, before);
    }
    return statement;
  }

  /** Sends what waits. */
  void send() throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    var sql = waiting.stream().map(Kept::sql).collect(Collectors.joining(";\n"));
    try (var statement = connection.prepareStatement(sql)) {
      int before = 0;
      for (var kept : waiting) {
        bound(statement, kept.parameters(), before);
        before += kept.parameters().stream().mapToInt(Parameter::position).max().orElse(0);
      }
      statement.execute();
    } catch (SQLException | RuntimeException failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    waiting.clear();
  }

  private interface Handler {
    Object on(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            Together.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.on(method, arguments)));
  }

  /** Throws what the method throws. */
  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
