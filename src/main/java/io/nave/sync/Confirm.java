package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.Standardise;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The second half of a double opt-in: what is pending becomes granted by the link that went to the
 * address. It works once, only while the consent is still pending, and only while the address is
 * still the customer's.
 */
@ApplicationScoped
public class Confirm {
  private static final List<String> SUBJECT =
      List.of("purpose", "channel", "topic", "brand", "boundTo");

  private final Act act;
  private final StoredLinks links;
  private final LinkKeys keys;
  private final Transactions transactions;

  Confirm(Act act, StoredLinks links, LinkKeys keys, Transactions transactions) {
    this.act = act;
    this.links = links;
    this.keys = keys;
    this.transactions = transactions;
  }

  /**
   * Confirms.
   *
   * @param evidence how it was done: goes into the ledger
   * @return {@link Act.Unknown} where there is nothing to confirm any more
   */
  public Act.Outcome confirm(Links.Opened opened, ObjectNode evidence) {
    var link = opened.link();
    var pending = transactions.call(c -> pending(state(c, opened.customerId()), link));
    if (pending.isEmpty()) {
      return new Act.Unknown();
    }
    var statement = JsonNodeFactory.instance.objectNode();
    var consents = statement.putArray("consents");
    pending.forEach(one -> consents.add(granted(one, evidence)));
    return act.act(
        link.anchor(),
        statement,
        (connection, customer, now) -> holds(connection, customer, link, pending, now));
  }

  private boolean holds(
      Connection connection, UUID customer, Link link, List<ObjectNode> pending, Instant now)
      throws SQLException {
    var state = state(connection, customer);
    if (!pending(state, link).equals(pending)) {
      return false;
    }
    var digest = links.use(connection, link.id(), now);
    return digest.isPresent() && (digest.get().length == 0 || isTheirs(digest.get(), state));
  }

  private boolean isTheirs(byte[] digest, JsonNode state) {
    for (var email : state.path("customer").path("emails")) {
      var address = Standardise.foldEmail(email.path("value").asText());
      if (keys.tokens().isOf(digest, address)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode granted(ObjectNode subject, ObjectNode evidence) {
    var consent = subject.deepCopy();
    consent.put("state", "granted").set("evidence", evidence);
    return consent;
  }

  /** The subjects that the link is about, as far as they are pending. */
  private static List<ObjectNode> pending(JsonNode state, Link link) {
    var pending = new ArrayList<ObjectNode>();
    for (var consent : state.path("consents")) {
      if (consent.path("state").asText().equals("pending")
          && is(consent, "purpose", link.purpose())
          && is(consent, "channel", link.channel())
          && is(consent, "topic", link.topic())) {
        var subject = JsonNodeFactory.instance.objectNode();
        SUBJECT.stream()
            .filter(consent::hasNonNull)
            .forEach(part -> subject.set(part, consent.get(part)));
        pending.add(subject);
      }
    }
    return pending;
  }

  private static boolean is(JsonNode consent, String part, String wanted) {
    return wanted == null || wanted.equals(consent.path(part).textValue());
  }

  private static JsonNode state(Connection connection, UUID customer) throws SQLException {
    try (var statement = connection.prepareStatement("select state from customer where id = ?")) {
      statement.setObject(1, customer);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? CanonicalJson.parse(rows.getString(1))
            : JsonNodeFactory.instance.objectNode();
      }
    }
  }
}
