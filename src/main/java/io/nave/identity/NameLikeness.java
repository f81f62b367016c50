package io.nave.identity;

/** How two persons' names relate. */
enum NameLikeness {
  /** The same words. */
  SAME,
  /** One name in other clothes: nickname, typing mistake, swapped, compound, transliterated. */
  SIMILAR,
  /** What both sides say agrees, but a part is an initial or missing. */
  PARTIAL,
  /** One side says nothing. */
  UNKNOWN,
  /** Agrees in part: another family name, or a middle name that is the other's given name. */
  UNSURE,
  /** The given names are two names. */
  DIFFERENT
}
