package io.nave.sync;

import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A connection whose statements tell a timer how long they took. Only executing counts: the driver
 * has all rows then. A timed connection that is timed again tells the last timer only.
 */
final class TimedConnection implements InvocationHandler {
  private final Connection connection;
  private final Timer timer;

  private TimedConnection(Connection connection, Timer timer) {
    this.connection = connection;
    this.timer = timer;
  }

  static Connection of(Connection connection, Timer timer) {
    var real =
        Proxy.isProxyClass(connection.getClass())
                && Proxy.getInvocationHandler(connection) instanceof TimedConnection timed
            ? timed.connection
            : connection;
    return proxy(Connection.class, new TimedConnection(real, timer));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    var result = call(connection, method, arguments);
    return result instanceof Statement statement ? timed(statement, method) : result;
  }

  private Object timed(Statement statement, Method made) {
    Class<?> type = made.getReturnType();
    if (type != Statement.class
        && type != PreparedStatement.class
        && type != CallableStatement.class) {
      return statement;
    }
    return proxy(type, (proxy, method, arguments) -> execute(statement, method, arguments));
  }

  private Object execute(Statement statement, Method method, Object[] arguments) throws Throwable {
    if (!method.getName().startsWith("execute")) {
      return call(statement, method, arguments);
    }
    long begun = System.nanoTime();
    try {
      return call(statement, method, arguments);
    } finally {
      timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }

  /** Throws what the method throws. */
  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    var proxy =
        Proxy.newProxyInstance(
            TimedConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }
}
