package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentEntry;
import io.nave.consent.ConsentFold;
import io.nave.consent.ConsentLedger;
import io.nave.consent.Effective;
import io.nave.consent.Recorded;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Consents for people and systems, as JSON trees. */
@ApplicationScoped
class ConsentTrees {
  private final ConsentFold fold;
  private final ConsentLedger ledger;
  private final Clock clock;

  ConsentTrees(ConsentFold fold, ConsentLedger ledger, Clock clock) {
    this.fold = fold;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What holds now. */
  JsonNode effective(Collection<ConsentEntry> entries) {
    return effective(entries, clock.instant());
  }

  /** What holds at a time. */
  JsonNode effective(Collection<ConsentEntry> entries, Instant at) {
    var list = JsonNodeFactory.instance.arrayNode();
    fold.fold(entries, at).forEach(effective -> list.add(tree(effective)));
    return list;
  }

  static ObjectNode tree(Effective effective) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.setAll((ObjectNode) CanonicalJson.tree(effective.subject()));
    one.put("state", effective.state().name());
    one.put("decidedAt", text(effective.decidedAt()));
    if (effective.endsAt() != null) {
      one.put("endsAt", text(effective.endsAt()));
    }
    one.put("spoke", effective.key().spoke());
    one.put("recordId", effective.key().recordId());
    one.put("reason", effective.reason());
    if (effective.entry().id() != 0) {
      one.put("entry", effective.entry().id());
    }
    return one;
  }

  /** All that these records ever stated, in the order of the ledger. */
  JsonNode history(Connection connection, List<SourceKey> records) throws SQLException {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var recorded : ledger.of(connection, records)) {
      list.add(tree(recorded));
    }
    return list;
  }

  /** An entry with its evidence; {@code erased} where that was destroyed on request. */
  static ObjectNode tree(Recorded recorded) {
    var entry = recorded.entry();
    var consent = entry.consent();
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("id", entry.id());
    one.put("spoke", entry.key().spoke()).put("recordId", entry.key().recordId());
    one.put("purpose", consent.purpose()).put("channel", consent.channel());
    one.put("topic", consent.topic()).put("brand", consent.brand());
    one.put("boundTo", recorded.erased() ? null : consent.boundTo());
    one.put("state", consent.state().name());
    one.put("decidedAt", text(consent.decidedAt()));
    one.put("recordedAt", text(entry.recordedAt()));
    one.put("legalBasis", consent.legalBasis());
    var actor = consent.evidence().get("actor");
    one.put("actor", actor == null ? null : actor.toString());
    one.put("method", recorded.method());
    one.put("notice", recorded.notice());
    one.put("language", recorded.language());
    if (recorded.erased()) {
      return one.put("erased", true);
    }
    one.set(
        "evidence", CanonicalJson.parse(recorded.evidence() == null ? "{}" : recorded.evidence()));
    return one;
  }

  private static String text(Instant time) {
    return time == null ? null : time.toString();
  }
}
