package io.nave.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.StewardAnswer;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Function;

/** What stewards are answered. */
final class Answers {
  private Answers() {}

  /** 200 with what was done; else a problem, and nothing was changed. */
  static Response of(StewardAnswer answer) {
    if (answer instanceof StewardAnswer.Done done) {
      return Response.ok(done).build();
    }
    if (answer instanceof StewardAnswer.Unknown unknown) {
      return Problem.of(404, "Not found", unknown.what());
    }
    if (answer instanceof StewardAnswer.Contradicted contradicted) {
      var first = contradicted.mistakes().get(0).message();
      return Problem.of(409, "Standing decisions say the opposite", first, contradicted.mistakes());
    }
    var mistakes = ((StewardAnswer.Refused) answer).mistakes();
    return Problem.of(422, "Nothing was done", mistakes.get(0).message(), mistakes);
  }

  /** Reads the body as JSON and answers; 400 where it is none. */
  static Response read(InputStream body, Function<JsonNode, Response> answer) {
    JsonNode node;
    try {
      node = Fields.read(body);
    } catch (JsonProcessingException wrong) {
      return Problem.of(400, "Not JSON", ObservationsResource.place(wrong));
    } catch (IOException wrong) {
      return Problem.of(400, "Not readable", wrong.getMessage());
    }
    return answer.apply(node);
  }

  /** Who asks: the name that was signed in with, else {@code api}. */
  static String by(SecurityContext security) {
    var who = security.getUserPrincipal();
    return who == null || who.getName() == null || who.getName().isBlank() ? "api" : who.getName();
  }

  /** Null where it is none. */
  static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException wrong) {
      return null;
    }
  }

  static Response notAnId(String id) {
    return Problem.of(400, "Not a customer id", "id: " + id + " (expected: a UUID)");
  }

  /** A record as {@code spoke:recordId}; null where it is none. */
  static SourceKey record(String text) {
    int colon = text == null ? -1 : text.indexOf(':');
    return colon <= 0 || colon == text.length() - 1
        ? null
        : new SourceKey(text.substring(0, colon), text.substring(colon + 1));
  }
}
