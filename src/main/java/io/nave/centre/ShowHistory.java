package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.centre.PageView.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells a customer in words what she has decided, newest first. */
final class ShowHistory {
  private static final Map<String, String> METHODS =
      Map.of(
          Statement.PAGE,
          "where.centre",
          Statement.ONE_CLICK,
          "where.one-click",
          Statement.CONFIRMED,
          "where.confirmed",
          Statement.SIGNAL,
          "where.gpc",
          "web form",
          "where.form",
          "form",
          "where.form");

  private final Visit visit;
  private final CentreConfig config;
  private final Wording w;

  ShowHistory(Visit visit, CentreConfig config) {
    this.visit = visit;
    this.config = config;
    this.w = visit.wording();
  }

  List<Line> lines() {
    return entries().stream().map(this::line).toList();
  }

  /** What the ledger says, newest first. */
  List<JsonNode> entries() {
    var entries = new ArrayList<JsonNode>();
    visit.history().forEach(entries::add);
    Collections.reverse(entries);
    entries.sort(Comparator.comparing(ShowHistory::time).reversed());
    return entries;
  }

  /** When she decided it, or else when it became known. */
  private static Instant time(JsonNode entry) {
    var decided = entry.path("decidedAt").textValue();
    return Instant.parse(decided == null ? entry.path("recordedAt").asText() : decided);
  }

  Line line(JsonNode entry) {
    var what = what(entry);
    var when = when(entry);
    var text =
        w.say(
            "history." + entry.path("state").asText(),
            "what",
            what,
            "where",
            where(entry),
            "when",
            when);
    boolean erased = entry.path("erased").asBoolean();
    var receipt = erased ? null : visit.path() + "/receipts/" + entry.path("id").asText();
    var tidy = text.strip().replaceAll(" +([.,，。])", "$1").replaceAll(" {2,}", " ");
    return new Line(tidy, receipt, w.say("history.receipt.of", "what", what, "when", when));
  }

  private String what(JsonNode entry) {
    return new Subjects(w, visit.offers())
        .title(
            entry.path("purpose").asText(),
            entry.path("channel").asText(),
            entry.path("topic").textValue());
  }

  private String when(JsonNode entry) {
    var at = entry.path("decidedAt").textValue();
    return at == null
        ? w.say("when.unknown")
        : w.say("when.day", "day", w.day(Instant.parse(at), config.zone()));
  }

  private String where(JsonNode entry) {
    var method = METHODS.get(entry.path("evidence").path("method").asText());
    if (method != null) {
      return w.say(method);
    }
    var spoke = entry.path("spoke").asText();
    var known = config.source(spoke);
    var where = w.title(known.where(), null);
    return where != null ? where : w.say("where.spoke", "spoke", w.title(known.title(), spoke));
  }
}
