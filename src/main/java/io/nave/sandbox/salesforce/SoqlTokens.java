package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a SOQL query, read one after the other. */
final class SoqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^'\\\\]|\\\\.)*')|(\\d{4}-\\d\\d-\\d\\d(?:T[0-9:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)?)"
              + "|([+-]?\\d+(?:\\.\\d+)?)|([A-Za-z_][\\w.]*(?::\\d+)?)|(<>|!=|<=|>=|[=<>(),]))");
  private final List<String> tokens = new ArrayList<>();
  private int next;

  SoqlTokens(String query) {
    Matcher matcher = TOKEN.matcher(query);
    int at = 0;
    while (at < query.stripTrailing().length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw malformed("unexpected token: '" + query.substring(at).strip() + "'");
      }
      tokens.add(matcher.group().strip());
      at = matcher.end();
    }
  }

  static ApiFailure malformed(String message) {
    return ApiFailure.invalid("MALFORMED_QUERY", message);
  }

  boolean end() {
    return next >= tokens.size();
  }

  String peek() {
    return end() ? "" : tokens.get(next);
  }

  String take() {
    if (end()) {
      throw malformed("unexpected end of query");
    }
    return tokens.get(next++);
  }

  /** Takes the words where they come next, ignoring case. */
  boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (next + i >= tokens.size() || !tokens.get(next + i).equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    next += words.length;
    return true;
  }

  void expect(String word) {
    if (!accept(word)) {
      throw malformed("expecting '" + word + "', found '" + peek() + "'");
    }
  }

  int number() {
    try {
      return Integer.parseInt(take());
    } catch (NumberFormatException e) {
      throw malformed("expecting a number");
    }
  }
}
