package io.nave.connectors;

import io.nave.sync.CustomerLog;
import io.nave.sync.ObservationLog;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The hub's logs in Kafka. What a method returned from is on every in-sync replica. */
@ApplicationScoped
class KafkaLog implements ObservationLog, CustomerLog {
  private static final int WAIT_MILLIS = 20_000;

  private final Topics topics;
  private final KafkaProducer<String, byte[]> producer;

  KafkaLog(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    this.topics = topics;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                15_000),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void append(List<Entry> entries) {
    var sent = new ArrayList<ProducerRecord<String, byte[]>>(entries.size());
    for (var entry : entries) {
      if (entry.urgent()) {
        var overtaking = record(Topics.URGENT_OBSERVATIONS, entry);
        LogHeaders.writeOvertakes(overtaking.headers());
        sent.add(overtaking);
      }
      sent.add(record(Topics.OBSERVATIONS, entry));
    }
    send(sent);
  }

  private static ProducerRecord<String, byte[]> record(String topic, Entry entry) {
    long at = entry.receivedAt().toEpochMilli();
    var record = new ProducerRecord<>(topic, null, at, entry.key(), entry.value());
    LogHeaders.write(entry.trace(), record.headers());
    return record;
  }

  @Override
  public Map<String, Long> accepted() {
    return topics.ends(Topics.OBSERVATIONS, Topics.URGENT_OBSERVATIONS);
  }

  @Override
  public String whole() {
    return topics.id(Topics.OBSERVATIONS);
  }

  @Override
  public Map<String, Long> published() {
    return topics.ends(Topics.CUSTOMERS, Topics.CONSENTS);
  }

  @Override
  public void publish(List<Message> messages) {
    var sent = new ArrayList<ProducerRecord<String, byte[]>>(messages.size());
    for (var message : messages) {
      var key = message.customerId().toString();
      var topic = message.urgent() ? Topics.CONSENTS : Topics.CUSTOMERS;
      var record = new ProducerRecord<>(topic, key, message.value());
      LogHeaders.write(message.origin(), record.headers());
      sent.add(record);
    }
    send(sent);
  }

  private void send(List<ProducerRecord<String, byte[]>> records) {
    try {
      var sent = new ArrayList<Future<RecordMetadata>>(records.size());
      for (var record : records) {
        sent.add(producer.send(record));
      }
      for (var one : sent) {
        one.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogUnavailable("interrupted while writing to Kafka", interrupted);
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      throw new LogUnavailable("Kafka did not take it: " + failure.getMessage(), failure);
    }
  }

  @PreDestroy
  void close() {
    producer.close();
  }
}
