package io.nave.sync;

import io.nave.canonical.Standardise;
import io.nave.consent.ConsentFold;
import io.nave.consent.Purposes;
import io.nave.identity.BlockingKeys;
import io.nave.identity.Clustering;
import io.nave.identity.MatchRules;
import io.nave.identity.MatchingConfig;
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
  MatchRules matchRules() {
    return new MatchRules(MatchingConfig.read(folder.resolve("matching.yaml")));
  }

  @Produces
  @Singleton
  BlockingKeys blockingKeys(MatchRules rules) {
    return new BlockingKeys(rules);
  }

  @Produces
  @Singleton
  Clustering clustering(MatchRules rules) {
    return new Clustering(rules);
  }

  @Produces
  @Singleton
  RulesInForce survivorship() {
    var file = folder.resolve(RulesInForce.FILE);
    try {
      return new RulesInForce(file.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Produces
  @Singleton
  ConsentFold fold() {
    return new ConsentFold();
  }

  @Produces
  @Singleton
  Purposes purposes() {
    return Purposes.read(folder.resolve("purposes.yaml"));
  }
}
