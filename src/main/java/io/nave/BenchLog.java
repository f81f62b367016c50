package io.nave;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Appends observations to the hub's log as the hub itself does once it has accepted them, and notes
 * when Kafka acknowledged each.
 */
final class BenchLog implements AutoCloseable {
  private static final String TOPIC = "nave.observations";

  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Map<Place, Long> acknowledged = new ConcurrentHashMap<>();

  /** Where an observation is in the log. */
  record Place(int partition, long offset) {}

  BenchLog(String brokers) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", brokers, "acks", "all", "compression.type", "lz4", "linger.ms", 0);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    producer.partitionsFor(TOPIC);
  }

  /** The identity that Kafka gave to the topic. */
  static String topicId(String brokers) throws InterruptedException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      var topics = admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
      return topics.get(TOPIC).topicId().toString();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("Kafka: " + failure.getMessage(), failure);
    }
  }

  void append(BenchPeople.Said said) {
    producer.send(new ProducerRecord<>(TOPIC, said.key(), said.json()), this::done);
  }

  private void done(RecordMetadata at, Exception trouble) {
    if (trouble == null) {
      acknowledged.put(new Place(at.partition(), at.offset()), System.nanoTime());
    } else {
      failure.compareAndSet(null, trouble);
    }
  }

  /** Waits until all of them are acknowledged, and tells when each was. */
  Map<Place, Long> acknowledged() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka: " + failure.get().getMessage(), failure.get());
    }
    return acknowledged;
  }

  void forget() {
    acknowledged.clear();
  }

  @Override
  public void close() {
    producer.close();
  }
}
