package io.nave.centre;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configuration, with a web site that may embed the centre, and a proxy that is believed. */
public final class OtherSites implements QuarkusTestResourceLifecycleManager {
  static final String SITE = "https://www.example.com";

  @Override
  public Map<String, String> start() {
    var from = Path.of("config");
    try {
      var to = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "config");
      try (var files = Files.walk(from)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var copy = to.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      var centre = to.resolve("centre.yaml");
      var text =
          Files.readString(centre)
              .replaceFirst("(?m)^origins: \\[\\]", "origins: [\"" + SITE + "\"]")
              .replaceFirst("(?m)^trustedProxies: \\[\\]", "trustedProxies: [127.0.0.0/8]");
      Files.writeString(centre, text);
      return Map.of("nave.config", to.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void stop() {
    // the folder is under target
  }
}
