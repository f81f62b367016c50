package io.nave;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** PostgreSQL and Kafka of a hub in this process, started side by side. */
final class EmbeddedHub {
  private final Running running;
  private final Path folder;
  private CompletableFuture<Void> database;
  private CompletableFuture<Void> kafka;

  EmbeddedHub(Running running, Path folder) {
    this.running = running;
    this.folder = folder;
  }

  void startInBackground() {
    database = CompletableFuture.runAsync(() -> UpCommand.startDatabase(running, folder));
    kafka = CompletableFuture.runAsync(() -> UpCommand.startKafka(running, folder));
  }

  /** Waits until both are up. */
  void await() {
    try {
      database.join();
      kafka.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException told ? told : failed;
    }
  }
}
