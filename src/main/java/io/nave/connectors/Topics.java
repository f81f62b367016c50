package io.nave.connectors;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The hub's topics in Kafka: makes those that are missing, and knows the identity of each. */
@ApplicationScoped
public class Topics {
  static final String OBSERVATIONS = "nave.observations";
  static final String URGENT_OBSERVATIONS = "nave.observations.urgent";
  static final String CUSTOMERS = "nave.customers";
  static final String CONSENTS = "nave.consents";
  private static final List<String> ALL =
      List.of(OBSERVATIONS, URGENT_OBSERVATIONS, CUSTOMERS, CONSENTS);
  private static final Set<String> COMPACTED = Set.of(CUSTOMERS, CONSENTS);
  private static final int WAIT_SECONDS = 30;

  private final String servers;
  private final int partitions;
  private final short replicas;
  private final Map<String, String> ids = new HashMap<>();
  private Admin admin;

  Topics(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      @ConfigProperty(name = "nave.log.partitions", defaultValue = "8") int partitions,
      @ConfigProperty(name = "nave.log.replicas", defaultValue = "1") short replicas) {
    this.servers = servers;
    this.partitions = partitions;
    this.replicas = replicas;
  }

  /**
   * Makes the topics that are missing.
   *
   * @throws IllegalStateException where Kafka cannot be reached or refuses
   */
  synchronized void create() {
    if (admin != null) {
      return;
    }
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    for (var name : ALL) {
      create(name);
    }
    describe();
  }

  /** A topic that was made just now is not known to every broker at once. */
  private void describe() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (ids.size() < ALL.size()) {
      try {
        admin
            .describeTopics(ALL)
            .allTopicNames()
            .get(WAIT_SECONDS, TimeUnit.SECONDS)
            .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
      } catch (ExecutionException | TimeoutException notYet) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("Kafka at " + servers + ": " + notYet, notYet);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Kafka at " + servers + ": interrupted", interrupted);
      }
    }
  }

  /** Before HTTP is served and before any route starts. */
  void atStart(@Observes @Priority(1) StartupEvent event) {
    create();
  }

  private void create(String name) {
    var policy = new HashMap<String, String>();
    policy.put("min.insync.replicas", Integer.toString(Math.max(1, replicas - 1)));
    if (COMPACTED.contains(name)) {
      policy.put("cleanup.policy", "compact");
      policy.put("min.compaction.lag.ms", "60000");
    } else {
      policy.put("retention.ms", "604800000");
    }
    var topic = new NewTopic(name, partitions, replicas).configs(policy);
    call(
        () -> {
          try {
            return admin.createTopics(List.of(topic)).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
              return null;
            }
            throw e;
          }
        });
  }

  /** The identity that Kafka gave to the topic when it was made. */
  String id(String name) {
    return ids.get(name);
  }

  /** By topic identity, how many records were ever written. */
  Map<String, Long> ends(String... names) {
    var wanted =
        List.of(names).stream()
            .flatMap(
                name ->
                    IntStream.range(0, partitions).mapToObj(part -> new TopicPartition(name, part)))
            .collect(Collectors.toMap(part -> part, part -> OffsetSpec.latest()));
    var ends = new HashMap<String, Long>();
    call(() -> admin.listOffsets(wanted).all().get(WAIT_SECONDS, TimeUnit.SECONDS))
        .forEach((part, end) -> ends.merge(id(part.topic()), end.offset(), Long::sum));
    return ends;
  }

  private interface Call<T> {
    T run() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Kafka at " + servers + ": interrupted", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      var cause = failure.getCause() == null ? failure : failure.getCause();
      throw new IllegalStateException("Kafka at " + servers + ": " + cause.getMessage(), cause);
    }
  }
}
