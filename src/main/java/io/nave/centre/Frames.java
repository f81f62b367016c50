package io.nave.centre;

import jakarta.enterprise.context.ApplicationScoped;

/** Puts a brand and a language around a page. */
@ApplicationScoped
class Frames {
  private final Languages languages;
  private final CentreConfig config;

  Frames(Languages languages, CentreConfig config) {
    this.languages = languages;
    this.config = config;
  }

  Frame of(Visit visit) {
    return frame(visit.wording(), visit.look(), visit.path());
  }

  /** For somebody who was not let in, and of whom nothing is known. */
  Frame stranger(String language, String accepted) {
    return frame(languages.choose(language, null, accepted), config.brand(null), null);
  }

  private Frame frame(Wording w, BrandLook look, String path) {
    var tongues =
        languages.all().stream()
            .map(
                one ->
                    new Frame.Tongue(
                        one.code(),
                        one.name(),
                        one.direction(),
                        "?lang=" + one.code(),
                        one.code().equals(w.code())))
            .toList();
    var style = "/centre/brand/" + look.name();
    return new Frame(
        w,
        w.title(look.title(), look.name()),
        w.title(look.lead(), w.say("lead")),
        style + "/colours.css",
        look.logo() == null ? null : style + "/logo",
        w.title(look.privacy(), null),
        path,
        tongues);
  }
}
