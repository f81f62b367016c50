package io.nave.platform;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Passes every log record, without what libraries quote in it: the messages of its failure, in the
 * text as well, and addresses of requests, which hold queries and customers' links. What the hub's
 * own lines say is up to them. A failure to start is told in full: no customer is there yet.
 */
@LoggingFilter(name = "keys-only")
public final class KeysOnly implements Filter {
  private static final String START = "io.quarkus.runtime.";
  private static final String HTTP = "io.quarkus.vertx.http.";

  @Override
  public boolean isLoggable(LogRecord record) {
    var failure = record.getThrown();
    var logger = String.valueOf(record.getLoggerName());
    if (failure != null && !logger.startsWith(START) && record instanceof ExtLogRecord one) {
      var text = withoutMessages(String.valueOf(one.getFormattedMessage()), failure);
      if (logger.startsWith(HTTP)) {
        text = text.replaceFirst("Request to \\S+", "Request");
      }
      one.setMessage(text, ExtLogRecord.FormatStyle.NO_FORMAT);
      one.setThrown(FailureName.nameless(failure));
    }
    return true;
  }

  private static String withoutMessages(String text, Throwable failure) {
    var kept = text;
    for (var message : FailureName.messages(failure)) {
      kept = kept.replace(message, "…");
    }
    return kept;
  }
}
