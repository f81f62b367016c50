package io.nave.connectors;

import io.nave.sync.Logged;
import io.nave.sync.NoticeCustomers;
import io.nave.sync.Reconcile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** The bean {@code log} of the hub's routes: hands batches of Kafka records to the hub. */
@ApplicationScoped
@Named("log")
class LogBatches {
  private final Topics topics;
  private final Reconcile reconcile;
  private final NoticeCustomers notice;

  LogBatches(Topics topics, Reconcile reconcile, NoticeCustomers notice) {
    this.topics = topics;
    this.reconcile = reconcile;
    this.notice = notice;
  }

  /** Reconciles a batch; its offsets are committed when that is done. */
  public void reconcile(Exchange exchange) {
    var batch = batch(exchange);
    reconcile.reconcile(logged(batch));
    commit(batch);
  }

  /** Notes published customers as due for delivery. */
  public void notice(Exchange exchange) {
    var batch = batch(exchange);
    var first = batch.get(0).getMessage().getHeader(KafkaConstants.TOPIC, String.class);
    notice.notice(logged(batch), Topics.CONSENTS.equals(first));
    commit(batch);
  }

  @SuppressWarnings("unchecked")
  private static List<Exchange> batch(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  private List<Logged> logged(List<Exchange> batch) {
    var logged = new ArrayList<Logged>(batch.size());
    for (var one : batch) {
      var message = one.getMessage();
      logged.add(
          new Logged(
              topics.id(message.getHeader(KafkaConstants.TOPIC, String.class)),
              message.getHeader(KafkaConstants.PARTITION, Integer.class),
              message.getHeader(KafkaConstants.OFFSET, Long.class),
              Instant.ofEpochMilli(message.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
              (byte[]) message.getBody()));
    }
    return logged;
  }

  /** The last record of each partition stands for those before it. */
  private static void commit(List<Exchange> batch) {
    Map<Object, KafkaManualCommit> last = new LinkedHashMap<>();
    for (var one : batch) {
      var message = one.getMessage();
      last.put(
          message.getHeader(KafkaConstants.PARTITION),
          message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
    }
    last.values().forEach(KafkaManualCommit::commit);
  }
}
