package io.nave.sync;

import io.nave.canonical.Standardise;
import io.nave.consent.ConsentFold;
import io.nave.consent.Purposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rules in {@code config/}, read once at start. A file with mistakes stops the start. */
final class HubRules {
  private final Path folder;

  HubRules(@ConfigProperty(name = "nave.config", defaultValue = "config") String folder) {
    this.folder = Path.of(folder);
  }

  @Produces
  @Singleton
  Standardise standardise(
      @ConfigProperty(name = "nave.default-country", defaultValue = "GB") String country) {
    return new Standardise(country);
  }

  @Produces
  @Singleton
  ObservationReader reader(Standardise standardise) {
    return ObservationReader.load(standardise);
  }

  @Produces
  @Singleton
  MatchingInForce matching() {
    return new MatchingInForce(folder, text(folder.resolve(MatchingInForce.FILE)));
  }

  @Produces
  @Singleton
  RulesInForce survivorship() {
    var file = folder.resolve(RulesInForce.FILE);
    return new RulesInForce(file.toString(), text(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("file: " + file + " (expected: a readable file)", unreadable);
    }
  }

  @Produces
  @Singleton
  ConsentFold fold(Purposes purposes) {
    return new ConsentFold(purposes);
  }

  @Produces
  @Singleton
  Purposes purposes() {
    return Purposes.read(folder.resolve("purposes.yaml"));
  }
}
