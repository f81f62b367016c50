package io.nave.sync;

import io.nave.identity.BlockingKeys;
import io.nave.identity.Clustering;
import io.nave.identity.MatchRules;
import io.nave.identity.MatchingConfig;
import io.nave.platform.Digest64;
import java.nio.file.Path;

/**
 * The rules of matching that this hub instance goes by. It starts with the file; rules that are
 * applied while it runs take its place. Applied rules also count after a restart, as long as the
 * file is the one that was there when they were applied: a changed file counts. Nicknames and what
 * was learned are always those in the folder.
 */
final class MatchingInForce {
  /** The name of the file, for messages. */
  static final String FILE = "matching.yaml";

  private final Path folder;
  private final long fileDigest;
  private volatile Rules rules;

  /** What belongs together; ask for it once where several parts of it are used. */
  record Rules(
      long run,
      String text,
      MatchRules match,
      BlockingKeys keys,
      Clustering clustering,
      KnownProfiles profiles) {
    private static Rules of(long run, String text, MatchRules match) {
      return new Rules(
          run, text, match, new BlockingKeys(match), new Clustering(match), KnownProfiles.inHeap());
    }
  }

  /**
   * @throws io.nave.platform.InvalidConfig with all mistakes of the file
   */
  MatchingInForce(Path folder, String file) {
    this.folder = folder;
    this.fileDigest = Digest64.of(file);
    var config = MatchingConfig.parse(folder.resolve(FILE).toString(), file, folder);
    this.rules = Rules.of(0, file, new MatchRules(config));
  }

  /**
   * The rules that a text would make.
   *
   * @throws io.nave.platform.InvalidConfig with all mistakes of the text
   */
  MatchRules parse(String text) {
    return new MatchRules(MatchingConfig.parse(FILE, text, folder));
  }

  Rules now() {
    return rules;
  }

  long fileDigest() {
    return fileDigest;
  }

  /**
   * Takes over rules that were applied; false where they are in force already.
   *
   * @param run each application is one, so that what was learned meanwhile counts, too
   */
  boolean adopt(long run, String applied) {
    if (run == rules.run()) {
      return false;
    }
    rules = Rules.of(run, applied, parse(applied));
    return true;
  }
}
