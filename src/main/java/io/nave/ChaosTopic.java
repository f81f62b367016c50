package io.nave;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads {@code nave.customers} as anybody may. */
final class ChaosTopic {
  private static final String TOPIC = "nave.customers";
  private static final Duration POLL = Duration.ofSeconds(1);

  private ChaosTopic() {}

  /** Where a customer's version is lower than one that stands before it. */
  static List<String> versionsOutOfOrder(String brokers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
    var wrong = new ArrayList<String>();
    var highest = new HashMap<String, Long>();
    var json = new ObjectMapper();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      var parts =
          consumer.partitionsFor(TOPIC).stream()
              .map(part -> new TopicPartition(TOPIC, part.partition()))
              .toList();
      consumer.assign(parts);
      consumer.seekToBeginning(parts);
      var ends = consumer.endOffsets(parts);
      while (parts.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (var message : consumer.poll(POLL)) {
          if (message.value() != null) {
            long version = json.readTree(message.value()).path("version").asLong();
            long before = highest.merge(message.key(), version, Math::max);
            if (version < before) {
              wrong.add("%s: %d after %d".formatted(message.key(), version, before));
            }
          }
        }
      }
      return wrong;
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
