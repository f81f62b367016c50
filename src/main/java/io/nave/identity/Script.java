package io.nave.identity;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How a source wrote a name, as far as comparing it with another script is concerned. */
enum Script {
  LATIN,

  /** Letters or syllables for sounds, which romanise letter by letter. */
  SOUNDS,

  /** What does not: another romanisation is no evidence of another name. */
  SIGNS;

  private static final int LAST_LATIN = 0x24F;

  private static final Set<UnicodeScript> FOR_SIGNS =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.KHMER,
          UnicodeScript.LAO,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.THAI);

  /** By the first letter that is not Latin. */
  static Script of(String... parts) {
    for (String part : parts) {
      Script script = part == null ? LATIN : of(part);
      if (script != LATIN) {
        return script;
      }
    }
    return LATIN;
  }

  private static Script of(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) > LAST_LATIN) {
        int c = part.codePointAt(i);
        UnicodeScript script = Character.isLetter(c) ? UnicodeScript.of(c) : UnicodeScript.LATIN;
        if (script != UnicodeScript.LATIN) {
          return FOR_SIGNS.contains(script) ? SIGNS : SOUNDS;
        }
      }
    }
    return LATIN;
  }
}
