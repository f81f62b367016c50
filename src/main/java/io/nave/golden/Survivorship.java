package io.nave.golden;

import io.nave.canonical.Attribute;
import io.nave.canonical.Customer;
import io.nave.canonical.Name;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the surviving value of every attribute. Pure; the order of the statements plays no part.
 * A value that is missing never wins over one that is there. Deleted records say nothing, unless
 * all are deleted: then the last view stays. Names and addresses survive whole.
 */
public final class Survivorship {
  private final SurvivorshipConfig config;

  public Survivorship(SurvivorshipConfig config) {
    this.config = config;
  }

  /** The golden record; without statements it is empty. */
  public Golden survive(Collection<Statement> statements) {
    boolean allDeleted = statements.stream().allMatch(Statement::deleted);
    return new Run(statements.stream().filter(s -> allDeleted || !s.deleted()).toList()).golden();
  }

  private final class Run {
    private final List<Statement> statements;
    private final Map<String, Lineage> lineage = new TreeMap<>();

    Run(List<Statement> statements) {
      this.statements = statements;
    }

    Golden golden() {
      Customer customer =
          new Customer(
              one(Attribute.TYPE, Customer::type),
              one(Attribute.LIFECYCLE, Customer::lifecycle),
              one(Attribute.NAME, Customer::name),
              one(Attribute.BIRTH_DATE, Customer::birthDate),
              one(Attribute.GENDER, Customer::gender),
              one(Attribute.LANGUAGE, Customer::language),
              all(Elements.EMAILS),
              all(Elements.PHONES),
              all(Elements.ADDRESSES),
              all(Elements.IDENTIFIERS),
              all(Elements.MEMBERSHIPS),
              all(Elements.DOMAINS),
              attributes());
      return new Golden(customer, Collections.unmodifiableMap(lineage));
    }

    private <T> T one(Attribute attribute, Function<Customer, T> value) {
      return one(attribute.key(), value);
    }

    private <T> T one(String key, Function<Customer, T> value) {
      List<Statement> saying = saying(key, c -> isPresent(value.apply(c)));
      if (saying.isEmpty()) {
        return null;
      }
      Statement best = saying.get(0);
      lineage.put(key, lineage(key, best, saying.size()));
      return value.apply(best.customer());
    }

    private <T> List<T> all(Elements<T> elements) {
      String key = elements.key();
      List<Statement> saying = saying(key, c -> !elements.of().apply(c).isEmpty());
      if (saying.isEmpty()) {
        return List.of();
      }
      List<Union.Chosen<T>> chosen =
          new Union<>(elements, saying).first(config.strategy(key).keep());
      for (int i = 0; i < chosen.size(); i++) {
        lineage.put(key + "[" + i + "]", lineage(key, chosen.get(i).from(), saying.size()));
      }
      return chosen.stream().map(Union.Chosen::value).toList();
    }

    private Map<String, Object> attributes() {
      Set<String> keys =
          statements.stream()
              .flatMap(s -> s.customer().attributes().keySet().stream())
              .collect(Collectors.toCollection(TreeSet::new));
      Map<String, Object> values = new TreeMap<>();
      for (String key : keys) {
        Object value = one("attributes." + key, c -> c.attributes().get(key));
        if (value != null) {
          values.put(key, value);
        }
      }
      return Collections.unmodifiableMap(values);
    }

    /** The statements with a value, best first. */
    private List<Statement> saying(String key, Function<Customer, Boolean> present) {
      Stream<Statement> saying = statements.stream().filter(s -> present.apply(s.customer()));
      return saying.sorted(config.strategy(key).order(key)).toList();
    }

    private Lineage lineage(String key, Statement from, int rivals) {
      Instant at = from.changedAt(key);
      return new Lineage(
          from.key().spoke(),
          from.key().recordId(),
          at.equals(Instant.MIN) ? null : at,
          rivals == 1 ? "only" : config.strategy(key).by().name());
    }
  }

  private static boolean isPresent(Object value) {
    if (value instanceof Name n) {
      return Stream.of(n.given(), n.middle(), n.family(), n.full()).anyMatch(Survivorship::isText);
    }
    if (value instanceof Collection<?> list) {
      return !list.isEmpty();
    }
    return value instanceof String text ? isText(text) : value != null;
  }

  private static boolean isText(String text) {
    return text != null && !text.isBlank();
  }
}
