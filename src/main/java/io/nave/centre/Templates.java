package io.nave.centre;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages. */
@CheckedTemplate(basePath = "centre")
final class Templates {
  private Templates() {}

  static native TemplateInstance manage(PageView page);

  static native TemplateInstance plain(Plain page);

  static native TemplateInstance known(KnownView known);
}
