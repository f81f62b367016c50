package io.nave.connectors;

import io.nave.sync.Logged;
import io.nave.sync.NoticeCustomers;
import io.nave.sync.Origin;
import io.nave.sync.Reconcile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

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
    reconcile.reconcile(logged(batch, LogBatches::accepted));
    commit(batch);
  }

  /** Notes published customers as due for delivery. */
  public void notice(Exchange exchange) {
    var batch = batch(exchange);
    var first = batch.get(0).getMessage().getHeader(KafkaConstants.TOPIC, String.class);
    notice.notice(logged(batch, LogHeaders::read), Topics.CONSENTS.equals(first));
    commit(batch);
  }

  @SuppressWarnings("unchecked")
  private static List<Exchange> batch(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  private static Origin accepted(Message message) {
    return new Origin(timestamp(message), LogHeaders.trace(message));
  }

  private static Instant timestamp(Message message) {
    return Instant.ofEpochMilli(message.getHeader(KafkaConstants.TIMESTAMP, Long.class));
  }

  private List<Logged> logged(List<Exchange> batch, Function<Message, Origin> origin) {
    var logged = new ArrayList<Logged>(batch.size());
    for (var one : batch) {
      var message = one.getMessage();
      logged.add(
          new Logged(
              topics.id(message.getHeader(KafkaConstants.TOPIC, String.class)),
              message.getHeader(KafkaConstants.PARTITION, Integer.class),
              message.getHeader(KafkaConstants.OFFSET, Long.class),
              timestamp(message),
              origin.apply(message),
              (byte[]) message.getBody(),
              LogHeaders.overtakes(message)));
    }
    return logged;
  }

  /**
   * Waits for no answer: what is done is known to the database, and a record that is read again
   * changes nothing.
   */
  private static void commit(List<Exchange> batch) {
    var next = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var one : batch) {
      var record = place(one);
      next.put(record.getPartition(), new OffsetAndMetadata(record.getRecordOffset() + 1));
    }
    place(batch.get(0)).getConsumer().commitAsync(next, null);
  }

  private static DefaultKafkaManualCommit place(Exchange one) {
    return one.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
  }
}
