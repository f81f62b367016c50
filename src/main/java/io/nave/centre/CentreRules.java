package io.nave.centre;

import io.nave.canonical.Standardise;
import io.nave.consent.Purposes;
import io.nave.platform.InvalidConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What {@code config/} says about the preference centre, read once at start. */
final class CentreRules {
  private final Path folder;

  CentreRules(@ConfigProperty(name = "nave.config", defaultValue = "config") String folder) {
    this.folder = Path.of(folder);
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
