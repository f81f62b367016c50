package io.nave.console;

import io.nave.canonical.SourceKey;
import io.nave.sync.StewardAnswer;
import io.nave.sync.StewardAnswer.Mistake;
import io.nave.sync.StewardDecision;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** What the pages on which stewards decide have in common. */
final class Steward {
  private Steward() {}

  /** The name that was signed in with, else {@code console}. */
  static String by(SecurityContext security) {
    var who = security.getUserPrincipal();
    return who == null || who.getName() == null || who.getName().isBlank()
        ? "console"
        : who.getName();
  }

  /** A record as {@code spoke:recordId}; null where it is none. */
  static SourceKey record(String text) {
    int colon = text == null ? -1 : text.indexOf(':');
    return colon <= 0 || colon == text.length() - 1
        ? null
        : new SourceKey(text.substring(0, colon), text.substring(colon + 1));
  }

  /** A page that says why nothing was done, and names the decisions that stand against it. */
  static Response refused(StewardAnswer answer, String back) {
    if (answer instanceof StewardAnswer.Contradicted contradicted) {
      return refused(409, words(contradicted.mistakes()), named(contradicted.mistakes()), back);
    }
    if (answer instanceof StewardAnswer.Refused refused) {
      return refused(422, words(refused.mistakes()), List.of(), back);
    }
    var what = answer instanceof StewardAnswer.Unknown unknown ? unknown.what() : "";
    return refused(404, List.of(what), List.of(), back);
  }

  static Response refused(
      int status, List<String> mistakes, List<StewardDecision> decisions, String back) {
    return Response.status(status)
        .entity(Templates.undecided(mistakes, decisions, back).render())
        .build();
  }

  private static List<String> words(List<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::message).toList();
  }

  /** Those that can be retracted. */
  private static List<StewardDecision> named(List<Mistake> mistakes) {
    return mistakes.stream()
        .flatMap(m -> m.decisions().stream())
        .filter(d -> d.id() > 0)
        .distinct()
        .toList();
  }
}
