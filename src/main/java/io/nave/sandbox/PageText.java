package io.nave.sandbox;

import io.nave.sandbox.RecordTable.Field;
import io.nave.sandbox.RecordTable.Row;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Fills the page's template; everything that comes from outside is escaped by the engine. */
final class PageText {
  private static final int PAGE = 25;
  private static final Map<String, String> DONE =
      Map.of(
          "added", "Added",
          "edited", "Saved",
          "unchanged", "Nothing to save in",
          "deleted", "Deleted",
          "unsubscribed", "Unsubscribed",
          "unable", "No consent is held here for");

  /** A field in a form. */
  record Input(String name, String label, boolean editable, String value, String was) {}

  /** A row of the list. */
  record Line(String id, String link, List<String> cells) {}

  private final Sandbox sandbox;
  private final Template template;

  PageText(Sandbox sandbox) {
    this.sandbox = sandbox;
    var engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    this.template =
        engine.parse(resource("records.html"), Variant.forContentType(Variant.TEXT_HTML));
  }

  String style() {
    return resource("records.css");
  }

  String list(MultiMap query) {
    var text = query.contains("q") ? query.get("q") : "";
    var page = page(query.get("page"));
    var rows = sandbox.records().rows(text, (page - 1) * PAGE, PAGE + 1);
    var link = "/?q=" + RecordsPage.encoded(text) + "&page=";
    return start("list")
        .data("query", text)
        .data("count", sandbox.records().count())
        .data("fields", sandbox.records().fields())
        .data("lines", rows.stream().limit(PAGE).map(this::line).toList())
        .data("page", page)
        .data("previous", page > 1 ? link + (page - 1) : null)
        .data("next", rows.size() > PAGE ? link + (page + 1) : null)
        .data("done", DONE.get(query.contains("done") ? query.get("done") : ""))
        .data("doneId", query.get("id"))
        .render();
  }

  private static int page(String text) {
    return text != null && text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : 1;
  }

  private Line line(Row row) {
    var cells =
        sandbox.records().fields().stream()
            .map(field -> row.values().getOrDefault(field.name(), ""))
            .toList();
    return new Line(row.id(), "/?view=edit&id=" + RecordsPage.encoded(row.id()), cells);
  }

  String adding() {
    return form("add", "", Map.of(), Map.of(), null);
  }

  String editing(Row row) {
    return form("edit", row.id(), row.values(), row.values(), null);
  }

  /** The form again, with what the person entered and why it was refused. */
  String refused(String id, Map<String, String> entered, String why) {
    var was = sandbox.records().row(id).map(Row::values).orElse(Map.of());
    return form(id.isEmpty() ? "add" : "edit", id, was, entered, why);
  }

  String missing(String id) {
    return start("missing").data("id", id).render();
  }

  private String form(
      String view, String id, Map<String, String> was, Map<String, String> entered, String why) {
    return start(view)
        .data("id", id)
        .data("why", why)
        .data(
            "inputs",
            sandbox.records().fields().stream()
                .filter(field -> field.editable() || !id.isEmpty())
                .map(field -> input(field, was, entered))
                .toList())
        .render();
  }

  private static Input input(Field field, Map<String, String> was, Map<String, String> entered) {
    var before = was.getOrDefault(field.name(), "");
    var value = entered.getOrDefault(field.name(), before);
    return new Input(field.name(), field.label(), field.editable(), value, before);
  }

  private TemplateInstance start(String view) {
    return template
        .data("title", sandbox.title())
        .data("view", view)
        .data("messages", sandbox.messages() == null ? null : MessagesPage.PATH);
  }

  static String resource(String name) {
    try (var stream = PageText.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
