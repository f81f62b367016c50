package io.nave.sync;

import io.nave.golden.Survivorship;
import io.nave.golden.SurvivorshipConfig;
import io.nave.platform.Digest64;

/**
 * The rules of survivorship that this hub instance goes by. It starts with the file; rules that are
 * applied while it runs take its place. Applied rules also count after a restart, as long as the
 * file is the one that was there when they were applied: a changed file counts.
 */
final class RulesInForce {
  /** The name of the file, for messages. */
  static final String FILE = "survivorship.yaml";

  private final long fileDigest;
  private volatile String text;
  private volatile Survivorship survivorship;

  /**
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  RulesInForce(String name, String file) {
    this.fileDigest = Digest64.of(file);
    this.text = file;
    this.survivorship = new Survivorship(SurvivorshipConfig.parse(name, file));
  }

  static Survivorship parse(String text) {
    return new Survivorship(SurvivorshipConfig.parse(FILE, text));
  }

  Survivorship survivorship() {
    return survivorship;
  }

  /** What the rules in force say, as the file would. */
  String text() {
    return text;
  }

  long fileDigest() {
    return fileDigest;
  }

  /** Takes over rules that were applied; false where they are in force already. */
  boolean adopt(String applied) {
    if (applied.equals(text)) {
      return false;
    }
    survivorship = parse(applied);
    text = applied;
    return true;
  }
}
