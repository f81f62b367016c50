package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of rules that a running hub is asked about.
 *
 * @param typed as it was typed
 * @param name what the hub calls it, such as {@code matching.yaml}
 */
record RulesFile(Path typed, String name) {

  String text() {
    try {
      return Files.readString(NaveMain.typed(typed));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "file: " + typed + " (expected: a readable " + name + ")", unreadable);
    }
  }

  /** Tells every mistake that the hub found, with the name that was typed. */
  boolean isRefused(JsonNode answer, PrintWriter err) {
    var begin = "^" + Pattern.quote(name);
    answer
        .path("refused")
        .forEach(
            mistake ->
                err.println(
                    mistake
                        .asText()
                        .replaceFirst(begin, Matcher.quoteReplacement(typed.toString()))));
    err.flush();
    return answer.has("refused");
  }
}
