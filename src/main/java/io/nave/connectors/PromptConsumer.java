package io.nave.connectors;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer that makes batches by itself. What comes after a while is handed over at once; what
 * comes right behind a batch is gathered until {@value #PACE_MILLIS} ms after that one was handed
 * over, or while it is being worked on. So a batch is small where little comes, and large where
 * much waits. Where nothing is there, it sleeps until something comes.
 *
 * <p>Camel gathers what polls yield until a batch has {@code max.poll.records}, or until a poll
 * yields nothing for {@code pollTimeoutMs}. A poll without time, {@code pollTimeoutMs: 0}, is
 * therefore answered with nothing where a batch is to be handed over, and waits otherwise. Polls
 * with a time are as ever.
 */
final class PromptConsumer extends KafkaConsumer<Object, Object> {
  private static final long PACE_MILLIS = 20;

  /** Stopping takes up to so long. */
  private static final Duration SLEEP = Duration.ofMillis(250);

  private boolean gathering;
  private long nextBatch;

  PromptConsumer(Properties settings) {
    super(settings);
    nextBatch = System.nanoTime();
  }

  @Override
  public ConsumerRecords<Object, Object> poll(Duration time) {
    if (!time.isZero()) {
      return super.poll(time);
    }
    long left = nextBatch - System.nanoTime();
    if (gathering && left <= 0) {
      return handOver();
    }
    var records = super.poll(gathering ? Duration.ofNanos(left) : SLEEP);
    if (gathering && records.isEmpty()) {
      return handOver();
    }
    gathering = !records.isEmpty();
    return records;
  }

  private ConsumerRecords<Object, Object> handOver() {
    gathering = false;
    nextBatch = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS);
    return ConsumerRecords.empty();
  }
}
