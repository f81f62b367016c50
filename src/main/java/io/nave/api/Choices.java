package io.nave.api;

import io.nave.sync.Selection;
import jakarta.ws.rs.core.Response;

/**
 * Which of the things that wait an operator means.
 *
 * @param dryRun whether she only wants to know how many these are
 */
record Choices(Selection which, boolean dryRun) {
  static final int MOST = 1000;

  /**
   * Reads it. Whoever names nothing has to say {@code "all": true}: a forgotten filter is no wish.
   *
   * @param one how a single one is named
   */
  static Choices read(Fields fields, String one) {
    var which =
        new Selection(
            fields.optionalText("spoke"),
            fields.optionalText("kind"),
            fields.optionalText("cause"),
            fields.optionalText(one));
    boolean all = fields.optionalYes("all");
    boolean dryRun = fields.optionalYes("dryRun");
    if (which.isAll() && !all) {
      fields.mistake("", "nothing is chosen", "spoke, kind, cause or " + one + "; or all: true");
    } else if (!which.isAll() && all) {
      fields.mistake("/all", "true beside a choice", "one or the other");
    }
    return new Choices(which, dryRun);
  }

  static Response notALimit(int limit) {
    return Problem.of(400, "Not a limit", "limit: " + limit + " (expected: 0 to " + MOST + ")");
  }
}
