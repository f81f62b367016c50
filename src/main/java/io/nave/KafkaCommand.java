package io.nave;

import io.nave.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded Kafka in a process of its own, so that it can be killed by itself. */
@Command(name = "kafka", hidden = true, description = "A Kafka for ./nave chaos.")
final class KafkaCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Its folder.")
  private Path data;

  @Override
  public Integer call() throws InterruptedException {
    var kafka = EmbeddedKafka.start(data);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kafka.close();
                  stopped.countDown();
                }));
    System.out.println("brokers " + kafka.bootstrapServers());
    stopped.await();
    return 0;
  }
}
