package io.nave.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** A free loopback port that stays the same from start to start as long as nobody else takes it. */
final class KeptPort {

  private static final int LOWEST = 20_000;

  /**
   * From here on Linux numbers the near ends of connections (ip_local_port_range): between the
   * choice of a port there and its use any connection may take it.
   */
  private static final int OF_CONNECTIONS = 32_768;

  private KeptPort() {}

  /** The port in the file if it is free, else a new one, which is then kept in the file. */
  static int in(Path file) throws IOException {
    int kept = read(file);
    int port = kept > 0 && isFree(kept) ? kept : anyFree();
    Files.writeString(file, port + "\n");
    return port;
  }

  private static int read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    var text = Files.readString(file).strip();
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  private static int anyFree() throws IOException {
    var random = ThreadLocalRandom.current();
    for (int tried = 0; tried < 100; tried++) {
      int port = random.nextInt(LOWEST, OF_CONNECTIONS);
      if (isFree(port)) {
        return port;
      }
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
