package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private final List<String> told = new ArrayList<>();
  private SQLException failure;
  private final Together together = new Together(database());

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    var loader = TogetherTest.class.getClassLoader();
    return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
  }

  /** Tells what it is asked to do. */
  private Connection database() {
    return stub(
        Connection.class,
        (proxy, method, arguments) -> {
          told.add(method.getName() + " " + arguments[0]);
          return stub(PreparedStatement.class, this::statement);
        });
  }

  private Object statement(Object proxy, java.lang.reflect.Method method, Object[] arguments)
      throws SQLException {
    var all = arguments == null ? "" : " " + Arrays.toString(arguments);
    told.add(method.getName() + all);
    if (method.getName().equals("execute") && failure != null) {
      throw failure;
    }
    return method.getReturnType() == boolean.class ? false : null;
  }

  private static void update(Connection connection, String sql, long... values)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).isZero();
    }
  }

  @Test
  void sendsAllInTheirOrderAtOnce() throws SQLException {
    update(together.later(), "first ? ?", 10, 11);
    update(together.later(), "second");
    update(together.later(), "third ?", 30);
    assertThat(told).isEmpty();
    together.send();
    assertThat(told)
        .containsExactly(
            "prepareStatement first ? ?;\nsecond;\nthird ?",
            "setLong [1, 10]",
            "setLong [2, 11]",
            "setLong [3, 30]",
            "execute",
            "close");
  }

  @Test
  void sendsNothingTwice() throws SQLException {
    update(together.later(), "first");
    together.send();
    told.clear();
    together.send();
    assertThat(told).isEmpty();
  }

  @Test
  void asksAtOnce() throws SQLException {
    update(together.later(), "first");
    try (var query = together.later().prepareStatement("query ?")) {
      query.setLong(1, 7);
      query.executeQuery();
    }
    assertThat(told)
        .containsExactly("prepareStatement query ?", "setLong [1, 7]", "executeQuery", "close");
  }

  @Test
  void throwsWhatTheDatabaseThrows() throws SQLException {
    failure = new SQLException("met another one", "40001");
    update(together.later(), "first");
    assertThatThrownBy(together::send).isSameAs(failure);
  }

  @Test
  void keepsNothingBackThatItDoesNotUnderstand() throws SQLException {
    try (var statement = together.later().prepareStatement("first")) {
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("executeBatch");
    }
  }
}
