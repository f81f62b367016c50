package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.centre.PageView.PurposeView;
import io.nave.centre.PageView.Switch;
import io.nave.centre.PageView.WishView;
import java.util.List;

/** The page for everything, as JSON for the pages of others. */
final class MeView {
  private static final int LINES = 100;

  private final Visit visit;
  private final PageView page;
  private final CentreConfig config;

  MeView(Visit visit, PageView page, CentreConfig config) {
    this.visit = visit;
    this.page = page;
    this.config = config;
  }

  ObjectNode json() {
    var w = visit.wording();
    var me = JsonNodeFactory.instance.objectNode();
    me.put("language", w.code()).put("direction", w.direction());
    me.putObject("brand")
        .put("name", visit.look().name())
        .put("title", page.f().brand())
        .put("privacy", page.f().privacy());
    var profile = me.putObject("profile");
    ProfileForm.shown(visit.golden()).forEach(profile::put);
    var purposes = me.putArray("purposes");
    page.purposes().forEach(one -> purpose(purposes.addObject(), one, true));
    page.always().forEach(one -> purpose(purposes.addObject(), one, false));
    var preferences = me.putArray("preferences");
    page.wishes().forEach(one -> preference(preferences.addObject(), one));
    me.put("stopped", page.stopped());
    me.put("signal", page.signal());
    me.set("known", known());
    history(me.putArray("history"));
    return me;
  }

  // -- purposes

  private void purpose(ObjectNode json, PurposeView purpose, boolean asked) {
    json.put("name", purpose.name()).put("title", purpose.title()).put("text", purpose.text());
    json.put("asked", asked);
    if (asked) {
      var channels = json.putArray("channels");
      purpose
          .channels()
          .forEach(
              one -> {
                boolean pending = visit.standing().isPending(purpose.name(), name(one));
                flip(channels, one, pending);
              });
      var topics = json.putArray("topics");
      purpose.topics().forEach(one -> flip(topics, one, false));
    }
  }

  private static void flip(ArrayNode list, Switch one, boolean pending) {
    list.addObject()
        .put("name", name(one))
        .put("title", one.title())
        .put("state", pending ? "pending" : one.on() ? "on" : "off");
  }

  /** The channel or topic of a switch. */
  static String name(Switch one) {
    return one.field().substring(one.field().lastIndexOf(':') + 1);
  }

  // -- preferences

  /** The name of a preference. */
  static String name(WishView one) {
    return one.field().substring(one.field().indexOf(':') + 1);
  }

  private static void preference(ObjectNode json, WishView wish) {
    json.put("name", name(wish)).put("kind", wish.kind());
    json.put("title", wish.title()).put("hint", wish.hint());
    json.set("value", value(wish));
    if (wish.from() == null) {
      var options = json.putArray("options");
      wish.options().stream()
          .filter(one -> !one.value().isEmpty())
          .forEach(one -> options.addObject().put("value", one.value()).put("title", one.title()));
    }
  }

  private static JsonNode value(WishView wish) {
    var json = JsonNodeFactory.instance;
    if (wish.from() != null) {
      return wish.from().was().isEmpty()
          ? json.nullNode()
          : json.objectNode().put("from", wish.from().was()).put("to", wish.to().was());
    }
    if (wish.kind().equals(Preferable.Kind.choices.name())) {
      var list = json.arrayNode();
      List.of(wish.was().split(",")).stream().filter(one -> !one.isEmpty()).forEach(list::add);
      return list;
    }
    return wish.was().isEmpty() ? json.nullNode() : json.textNode(wish.was());
  }

  // -- who knows, and what was

  private JsonNode known() {
    var known = page.known();
    if (known == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    var json = JsonNodeFactory.instance.objectNode();
    json.put("known", known.known()).put("all", known.all()).put("text", known.text());
    var systems = json.putArray("systems");
    known
        .systems()
        .forEach(
            one ->
                systems
                    .addObject()
                    .put("name", one.name())
                    .put("state", one.state())
                    .put("text", one.text()));
    return json;
  }

  private void history(ArrayNode list) {
    var history = new ShowHistory(visit, config);
    history.entries().stream()
        .limit(LINES)
        .forEach(
            entry -> {
              var line = list.addObject();
              for (var part : List.of("purpose", "channel", "topic", "state", "decidedAt")) {
                line.set(part, entry.hasNonNull(part) ? entry.get(part) : null);
              }
              line.put("text", history.line(entry).text());
            });
  }
}
