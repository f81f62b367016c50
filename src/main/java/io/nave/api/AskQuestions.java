package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Consent.Subject;
import io.nave.sync.AskConsent;
import io.nave.sync.Asked;
import io.nave.sync.Asked.ByEmail;
import io.nave.sync.Asked.ById;
import io.nave.sync.Asked.ByPhone;
import io.nave.sync.Asked.ByRecord;
import io.nave.sync.Asked.Who;
import io.nave.sync.StewardAnswer.Mistake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of questions, and what is wrong with some of them; answered in order. */
final class AskQuestions {
  private static final List<String> NAMES = List.of("customerId", "email", "phone", "record");

  private final AskConsent ask;
  private final Subject usual;
  private final List<Item> items = new ArrayList<>();

  /** Either a question or what is wrong with it. */
  private record Item(int line, Asked asked, ObjectNode wrong) {}

  /**
   * @param usual what counts where an item does not say it itself
   */
  AskQuestions(AskConsent ask, Subject usual) {
    this.ask = ask;
    this.usual = usual;
  }

  int size() {
    return items.size();
  }

  /**
   * @param line its place in the request, from 1
   */
  void add(int line, JsonNode item) {
    var fields = new Fields(item, line);
    var subject =
        new Subject(
            text(fields, "purpose", usual.purpose()),
            text(fields, "channel", usual.channel()),
            text(fields, "topic", usual.topic()),
            text(fields, "brand", usual.brand()),
            null);
    var who = who(fields);
    ask.refusal(subject).ifPresent(why -> refuse(fields, why));
    var mistakes = fields.mistakes();
    items.add(
        mistakes.isEmpty()
            ? new Item(line, new Asked(who, subject), null)
            : new Item(line, null, wrong(line, mistakes)));
  }

  private static String text(Fields fields, String name, String usual) {
    var own = fields.optionalText(name);
    return own == null ? usual : own;
  }

  private static Who who(Fields fields) {
    var given = NAMES.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      var words = given.isEmpty() ? "nobody is named" : String.join(" and ", given);
      fields.mistake("", words, "one of " + String.join(", ", NAMES));
      return null;
    }
    return switch (given.get(0)) {
      case "customerId" -> new ById(fields.id("customerId"));
      case "email" -> new ByEmail(fields.text("email"));
      case "phone" -> new ByPhone(fields.text("phone"));
      default -> new ByRecord(fields.record("record"));
    };
  }

  /** Such as {@code channel: fax (expected: one of [email])}. */
  private static void refuse(Fields fields, String why) {
    int colon = why.indexOf(": ");
    int open = why.indexOf(" (expected: ", colon);
    fields.mistake(
        "/" + why.substring(0, colon),
        why.substring(colon + 2, open),
        why.substring(open + " (expected: ".length(), why.length() - 1));
  }

  /** Instead of {@link #add}, where it is no JSON. */
  void refuse(int line, String why) {
    items.add(new Item(line, null, wrong(line, List.of(new Mistake(line, "", why, List.of())))));
  }

  private static ObjectNode wrong(int line, List<Mistake> mistakes) {
    var wrong = JsonNodeFactory.instance.objectNode().put("line", line).put("status", 422);
    var errors = wrong.putArray("errors");
    mistakes.forEach(
        one -> errors.addObject().put("pointer", one.pointer()).put("message", one.message()));
    return wrong;
  }

  /** Answers what was added, and forgets it. */
  Iterable<ObjectNode> answers(Instant asOf) {
    var asked = items.stream().map(Item::asked).filter(one -> one != null).toList();
    var answers = asked.isEmpty() ? List.<AskConsent.Answer>of() : ask.ask(asked, asOf);
    var next = answers.iterator();
    var page = List.copyOf(items);
    items.clear();
    Stream<ObjectNode> told =
        page.stream()
            .map(
                item ->
                    item.wrong() != null
                        ? item.wrong()
                        : AskAnswers.tree(next.next()).put("line", item.line()));
    return told::iterator;
  }
}
