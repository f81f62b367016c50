package io.nave.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.sync.AskConsent.Answer;
import java.time.Instant;

/** An answer as JSON; what there is nothing to say about is left out. */
final class AskAnswers {
  private AskAnswers() {}

  static ObjectNode tree(Answer answer) {
    var decision = answer.decision();
    var subject = decision.subject();
    var tree = JsonNodeFactory.instance.objectNode();
    put(tree, "customerId", answer.customer());
    if (answer.customers().size() > 1) {
      var all = tree.putArray("customers");
      answer.customers().forEach(id -> all.add(id.toString()));
    }
    put(tree, "purpose", subject.purpose());
    put(tree, "channel", subject.channel());
    put(tree, "topic", subject.topic());
    put(tree, "brand", subject.brand());
    put(tree, "boundTo", subject.boundTo());
    tree.put("allowed", decision.allowed());
    tree.put("code", decision.code().toString());
    tree.put("reason", decision.reason());
    put(tree, "law", decision.law());
    addDecisive(tree, answer);
    return tree;
  }

  private static void addDecisive(ObjectNode tree, Answer answer) {
    var decisive = answer.decision().decisive();
    if (decisive == null) {
      return;
    }
    put(tree, "state", decisive.state());
    put(tree, "decidedAt", decisive.decidedAt());
    put(tree, "endsAt", decisive.endsAt());
    var entry = tree.putObject("entry");
    if (answer.entry() != null) {
      entry.put("id", answer.entry().entry().id());
      put(entry, "hash", answer.entry().hash());
    }
    put(entry, "spoke", decisive.key().spoke());
    put(entry, "recordId", decisive.key().recordId());
    put(entry, "recordedAt", decisive.entry().recordedAt());
  }

  private static void put(ObjectNode tree, String name, Object value) {
    if (value != null) {
      tree.put(name, value instanceof Instant time ? time.toString() : value.toString());
    }
  }
}
