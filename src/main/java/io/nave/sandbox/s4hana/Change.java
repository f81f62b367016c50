package io.nave.sandbox.s4hana;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** One logical unit of work: everything in it is kept, or nothing. */
final class Change {
  private enum Touch {
    CREATED,
    HEADER,
    BELOW
  }

  private final Partners partners;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Map<Entity, Touch> touched = new LinkedHashMap<>();

  Change(Partners partners) {
    this.partners = partners;
  }

  void undo(Runnable step) {
    undo.push(step);
  }

  /** Remembers that the partner of this entity changed; the strongest kind of change counts. */
  void touched(Entity entity, boolean created) {
    boolean header = entity.parent == null;
    Touch touch = !header ? Touch.BELOW : created ? Touch.CREATED : Touch.HEADER;
    touched.merge(entity.root(), touch, (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /** Keeps the changes: stamps the partners and has their events sent, one for each. */
  void commit() {
    touched.forEach(
        (root, touch) -> partners.committed(root, touch == Touch.CREATED, touch == Touch.HEADER));
    touched.clear();
    undo.clear();
  }

  void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    touched.clear();
  }
}
