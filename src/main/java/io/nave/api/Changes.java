package io.nave.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.sync.Difference.Change;
import java.util.List;

/** Changes of attributes as JSON. */
final class Changes {
  private Changes() {}

  static ArrayNode json(List<Change> changes) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var change : changes) {
      var node = list.addObject();
      node.put("attribute", change.attribute());
      node.set("from", change.from());
      node.set("to", change.to());
      if (change.fromLineage() != null) {
        node.set("fromLineage", change.fromLineage());
      }
      if (change.toLineage() != null) {
        node.set("toLineage", change.toLineage());
      }
    }
    return list;
  }
}
