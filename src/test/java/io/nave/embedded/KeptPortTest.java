package io.nave.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPortTest {
  @TempDir Path folder;

  @Test
  void staysTheSame() throws Exception {
    var file = folder.resolve("port");
    assertThat(KeptPort.in(file)).isEqualTo(KeptPort.in(file));
  }

  @Test
  void isNoneThatAConnectionMayTakeBeforeItIsUsed() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(KeptPort.in(folder.resolve("port" + i))).isBetween(20_000, 32_767);
    }
  }

  @Test
  void isAnotherOneWhereSomebodyElseHasTakenIt() throws Exception {
    var file = folder.resolve("port");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(file, taken.getLocalPort() + "\n");
      assertThat(KeptPort.in(file)).isNotEqualTo(taken.getLocalPort());
    }
  }
}
