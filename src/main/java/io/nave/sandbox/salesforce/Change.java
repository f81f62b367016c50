package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A committed change, as change data capture tells it.
 *
 * @param ids usually one; several where one transaction changed several records alike
 * @param row a record after the change, null for a gap
 * @param changed the fields that changed, empty for a delete
 */
record Change(ObjectType type, Kind kind, List<String> ids, SObject row, Set<String> changed) {

  /** The change types of the header; a gap says that something changed and no more. */
  enum Kind {
    CREATE,
    UPDATE,
    DELETE,
    UNDELETE,
    GAP_CREATE,
    GAP_UPDATE,
    GAP_DELETE,
    GAP_UNDELETE,
    GAP_OVERFLOW
  }

  /** This change with the other's record added, or null where they are not alike. */
  Change merge(Change other) {
    boolean mergeable = kind == Kind.UPDATE || kind == Kind.DELETE;
    if (!mergeable || kind != other.kind || type != other.type || !alike(other)) {
      return null;
    }
    List<String> all = new ArrayList<>(ids);
    all.addAll(other.ids);
    return new Change(type, kind, all, row, changed);
  }

  private boolean alike(Change other) {
    return changed.equals(other.changed)
        && changed.stream()
            .allMatch(f -> String.valueOf(row.get(f)).equals(String.valueOf(other.row.get(f))));
  }
}
