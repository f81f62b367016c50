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
    var entries = new ArrayList<JsonNode>();
    visit.history().forEach(entries::add);
    Collections.reverse(entries);
    entries.sort(Comparator.comparing(ShowHistory::time).reversed());
    return entries.stream().map(this::line).toList();
  }

  /** When she decided it, or else when it became known. */
  private static Instant time(JsonNode entry) {
    var decided = entry.path("decidedAt").textValue();
    return Instant.parse(decided == null ? entry.path("recordedAt").asText() : decided);
  }

  private Line line(JsonNode entry) {
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
    return what(
        entry.path("purpose").asText(),
        entry.path("channel").asText(),
        entry.path("topic").textValue());
  }

  /** Such as “Marketing” (e-mail). */
  String what(String purpose, String channel, String topic) {
    var offer = visit.offers().stream().filter(o -> o.name().equals(purpose)).findFirst();
    var title = offer.map(o -> w.title(o.title(), purpose)).orElse(purpose);
    var key = "channel." + channel;
    var by = w.has(key) ? w.say(key) : channel;
    if (topic == null) {
      return w.say("history.what", "purpose", title, "channel", by);
    }
    var about = offer.map(o -> w.title(o.topics().getOrDefault(topic, Map.of()), topic));
    return w.say("history.topic", "purpose", title, "topic", about.orElse(topic), "channel", by);
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
