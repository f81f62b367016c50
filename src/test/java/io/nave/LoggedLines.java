package io.nave;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Keeps the lines that the hub's console gets, with the console's own filter and formatter. */
final class LoggedLines extends Handler implements AutoCloseable {
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final Formatter json;

  private LoggedLines(Handler console) {
    json = console.getFormatter();
    setFilter(console.getFilter());
    setLevel(Level.ALL);
  }

  static LoggedLines keep() {
    var console =
        Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
            .filter(ConsoleHandler.class::isInstance)
            .findFirst()
            .orElseThrow();
    var lines = new LoggedLines(console);
    Logger.getLogger("").addHandler(lines);
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      lines.add(json.format(line));
    }
  }

  List<String> all() {
    return new ArrayList<>(lines);
  }

  List<String> with(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
