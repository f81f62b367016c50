package io.nave.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The smallest sandbox: notes with a text and an opt-in, {@code POST /notes}, {@code GET /notes}.
 */
final class Notes implements Sandbox, RecordTable {
  final Map<String, Map<String, String>> notes = new LinkedHashMap<>();
  boolean closed;
  boolean tokensExpired;
  private final ShiftedClock clock = new ShiftedClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Override
  public ShiftedClock clock() {
    return clock;
  }

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public String title() {
    return "Notes <&>";
  }

  @Override
  public void mount(Vertx vertx, Router router, URI self) {
    router
        .post("/notes")
        .handler(BodyHandler.create(false))
        .handler(ctx -> ctx.end(add(Map.of("text", ctx.body().asString()))));
    router.get("/notes").handler(ctx -> ctx.json(notes));
  }

  @Override
  public RecordTable records() {
    return this;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("url", "x", "secret", "made-up");
  }

  @Override
  public boolean expireTokens() {
    tokensExpired = true;
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("text", "Text", true),
        new Field("optIn", "Opt-in", true),
        new Field("words", "Words", false));
  }

  @Override
  public int count() {
    return notes.size();
  }

  @Override
  public List<Row> rows(String query, int offset, int limit) {
    return notes.entrySet().stream()
        .filter(note -> note.getValue().toString().contains(query))
        .skip(offset)
        .limit(limit)
        .map(note -> new Row(note.getKey(), note.getValue()))
        .toList();
  }

  @Override
  public String add(Map<String, String> values) {
    if (values.getOrDefault("text", "").isBlank()) {
      throw new IllegalArgumentException("Text: empty (expected: some <text>)");
    }
    var id = "n/" + (notes.size() + 1);
    notes.put(id, new LinkedHashMap<>(values));
    return id;
  }

  @Override
  public void edit(String id, Map<String, String> values) {
    if (!Set.of("text", "optIn").containsAll(values.keySet())) {
      throw new IllegalArgumentException("not editable");
    }
    notes.get(id).putAll(values);
  }

  @Override
  public void delete(String id) {
    notes.remove(id);
  }

  @Override
  public boolean unsubscribe(String id) {
    return "no".equals(notes.get(id).compute("optIn", (key, old) -> "no"));
  }
}
