package io.nave.centre;

import io.nave.canonical.Standardise;
import io.nave.consent.Purposes;
import io.nave.platform.InvalidConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What {@code config/} says about the preference centre, read once at start. A file with mistakes
 * stops the start.
 */
final class CentreRules {
  private static final Logger LOG = Logger.getLogger(CentreRules.class);

  private final Path folder;

  CentreRules(@ConfigProperty(name = "nave.config", defaultValue = "config") String folder) {
    this.folder = Path.of(folder);
  }

  /** Has everything read now, so that a mistake stops the start and not the first customer. */
  void atStart(
      @Observes StartupEvent event,
      CentreConfig config,
      Languages languages,
      Wishes wishes,
      CentreAddress address) {
    var offered = languages.all().stream().map(Wording::code).toList();
    LOG.infof("preference centre: %s in %s", address.of(""), String.join(", ", offered));
  }

  @Produces
  @Singleton
  CentreConfig centre(Purposes purposes) {
    var config = CentreConfig.read(folder);
    var unknown =
        config.gpc().purposes().stream().filter(p -> purposes.purpose(p).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new InvalidConfig(
          List.of(
              "centre.yaml: globalPrivacyControl.purposes: " + unknown + " (expected: purposes)"));
    }
    return config;
  }

  @Produces
  @Singleton
  Languages languages() {
    return Languages.read(folder.resolve("languages"));
  }

  @Produces
  @Singleton
  Wishes wishes() {
    return new Wishes(Preferable.read(folder.resolve("preferences.yaml")));
  }

  @Produces
  @Singleton
  ProfileForm profile(Standardise standardise) {
    return new ProfileForm(standardise);
  }
}
