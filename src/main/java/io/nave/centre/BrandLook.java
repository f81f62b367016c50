package io.nave.centre;

import io.nave.platform.ConfigSection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the pages look in a brand's name.
 *
 * @param title its name, by language
 * @param lead what stands under the heading, by language; may be empty: the page's own words
 * @param privacy address of the privacy notice, by language; may be empty
 * @param logo an image file; null: none
 * @param accent the colour of buttons and links on white
 * @param accentDark the same on a dark page
 */
record BrandLook(
    String name,
    Map<String, String> title,
    Map<String, String> lead,
    Map<String, String> privacy,
    Path logo,
    String accent,
    String accentDark) {
  static final String LIGHT_PAGE = "#ffffff";
  static final String DARK_PAGE = "#14191c";
  private static final double READABLE = 4.5;

  static BrandLook read(ConfigSection section, Path folder) {
    var colours = section.section("colours");
    return new BrandLook(
        section.text("name"),
        Titles.read(section, "title"),
        Titles.read(section, "lead"),
        Titles.read(section, "privacy"),
        logo(section, folder),
        colour(colours, "accent", "#0b6b66", LIGHT_PAGE),
        colour(colours, "accentDark", "#5fd0c4", DARK_PAGE));
  }

  private static Path logo(ConfigSection section, Path folder) {
    var name = section.text("logo", null);
    if (name == null) {
      return null;
    }
    var file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize()) || !Files.isReadable(file) || type(name) == null) {
      section.mistake("logo", name, "an svg, png or webp file in " + folder);
      return null;
    }
    return file;
  }

  /** The media type of an image's name; null for what is none. */
  static String type(String name) {
    return name.endsWith(".svg")
        ? "image/svg+xml"
        : name.endsWith(".png") ? "image/png" : name.endsWith(".webp") ? "image/webp" : null;
  }

  private static String colour(
      ConfigSection section, String key, String otherwise, String against) {
    var colour = section.text(key, otherwise);
    if (!Contrast.isColour(colour)) {
      section.mistake(key, colour, "a colour such as #0b6b66");
      return otherwise;
    }
    double contrast = Contrast.of(colour, against);
    if (contrast < READABLE) {
      var given = "%s, contrast %.1f on %s".formatted(colour, contrast, against);
      section.mistake(key, given, "a contrast of " + READABLE + " or more");
    }
    return colour;
  }
}
