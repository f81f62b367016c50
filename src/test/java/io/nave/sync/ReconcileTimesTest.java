package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ReconcileTimesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReconcileTimes times = new ReconcileTimes(registry);

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    var loader = ReconcileTimesTest.class.getClassLoader();
    return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
  }

  private static Connection connection(InvocationHandler statement) {
    return stub(
        Connection.class,
        (proxy, method, arguments) ->
            method.getName().equals("prepareStatement")
                ? stub(PreparedStatement.class, statement)
                : null);
  }

  private long count(String what) {
    return registry.get("nave.reconcile." + what).timer().count();
  }

  @Test
  void countsWhatIsExecutedAndNothingElse() throws SQLException {
    var connection = times.database(connection((proxy, method, arguments) -> 3));
    var statement = connection.prepareStatement("update");
    statement.setInt(1, 1);
    assertThat(statement.executeUpdate()).isEqualTo(3);
    assertThat(count("database")).isOne();
    assertThat(count("candidates")).isZero();
  }

  @Test
  void countsStatementsOfCandidatesAsCandidatesOnly() throws SQLException {
    var database = times.database(connection((proxy, method, arguments) -> 0));
    times.candidates(database).prepareStatement("select").executeUpdate();
    assertThat(count("candidates")).isOne();
    assertThat(count("database")).isZero();
  }

  @Test
  void throwsWhatTheDatabaseThrows() throws SQLException {
    var failing =
        connection(
            (proxy, method, arguments) -> {
              throw new SQLException("met another one", "40001");
            });
    var statement = times.database(failing).prepareStatement("update");
    assertThatThrownBy(statement::executeUpdate)
        .isInstanceOf(SQLException.class)
        .hasMessage("met another one");
    assertThat(count("database")).isOne();
  }

  @Test
  void countsScoringBatchesAndCommits() {
    assertThat(times.scoring(() -> "scored")).isEqualTo("scored");
    times.batch(() -> {});
    times.committed(System.nanoTime());
    assertThat(count("scoring")).isOne();
    assertThat(count("batch")).isOne();
    assertThat(count("database")).isOne();
  }
}
