package io.nave.centre;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Everything that is known of a customer, for herself: what she may ask for by GDPR Art. 15. */
final class OwnFile {
  private static final List<String> PARTS =
      List.of("customer", "consents", "preferences", "consentHistory", "sourceRecords", "lineage");

  private OwnFile() {}

  static ObjectNode of(Visit visit) {
    var data = JsonNodeFactory.instance.objectNode();
    data.put("asOf", visit.now().toString());
    PARTS.stream()
        .filter(visit.customer()::has)
        .forEach(part -> data.set(part, visit.customer().get(part)));
    return data;
  }
}
