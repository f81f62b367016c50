package io.nave.golden;

import io.nave.canonical.SourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the surviving value of every attribute. Pure; the order of statements and pins plays no
 * part. A steward's pin beats every rule. A value that is missing never wins over one that is
 * there. Deleted records say nothing, unless all are deleted: then the last view stays. Names,
 * addresses and what the configuration calls a group survive whole.
 */
public final class Survivorship {
  private final SurvivorshipConfig config;

  public Survivorship(SurvivorshipConfig config) {
    this.config = config;
  }

  /** The golden record where no steward has pinned anything. */
  public Golden survive(Collection<Statement> statements) {
    return survive(statements, List.of());
  }

  /**
   * The golden record; without statements it is empty.
   *
   * @param pins those in force; one whose record is not among the statements, or says nothing of
   *     the attribute, does nothing
   */
  public Golden survive(Collection<Statement> statements, Collection<Pin> pins) {
    boolean allDeleted = statements.stream().allMatch(Statement::deleted);
    List<Statement> heard = statements.stream().filter(s -> allDeleted || !s.deleted()).toList();
    return new Survival(config, heard, heard.isEmpty() ? Map.of() : effective(heard, pins))
        .golden();
  }

  /** The latest pin of each attribute that can have an effect. */
  private static Map<String, Pin> effective(List<Statement> heard, Collection<Pin> pins) {
    Map<String, Pin> latest = new HashMap<>();
    for (Pin pin : pins) {
      latest.merge(pin.attribute(), pin, (a, b) -> Pin.LATEST.compare(a, b) > 0 ? a : b);
    }
    latest.values().removeIf(pin -> pin.from() != null && !says(heard, pin.from()));
    return latest;
  }

  private static boolean says(List<Statement> heard, SourceKey key) {
    return heard.stream().anyMatch(s -> s.key().equals(key));
  }
}
