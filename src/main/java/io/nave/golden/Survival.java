package io.nave.golden;

import io.nave.canonical.Attribute;
import io.nave.canonical.AttributeValues;
import io.nave.canonical.Customer;
import io.nave.canonical.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** One golden record in the making. */
final class Survival {
  private static final String ONLY = "only";

  private final SurvivorshipConfig config;
  private final List<Statement> statements;
  private final Map<String, Pin> pins;
  private final Map<String, Lineage> lineage = new TreeMap<>();
  private final Map<Group, Won> groups = new HashMap<>();

  /** The statement that won a group, and by which rule. */
  private record Won(Statement from, String rule) {}

  /**
   * @param statements those that are heard
   * @param pins by attribute
   */
  Survival(SurvivorshipConfig config, List<Statement> statements, Map<String, Pin> pins) {
    this.config = config;
    this.statements = statements;
    this.pins = pins;
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

  // -- single values

  private <T> T one(Attribute attribute, Function<Customer, T> value) {
    return one(attribute.key(), value);
  }

  private <T> T one(String key, Function<Customer, T> value) {
    Pin pin = pins.get(key);
    if (pin != null && pin.value() != null) {
      return pinned(key, pin);
    }
    List<Claim<T>> claims = claims(key, value);
    Claim<T> chosen = pin == null ? null : of(claims, pin);
    if (chosen != null) {
      return survives(key, chosen, Pin.RULE);
    }
    Group group = config.group(key);
    return group == null ? best(key, claims) : ofGroup(key, claims, group);
  }

  @SuppressWarnings("unchecked")
  private <T> T pinned(String key, Pin pin) {
    lineage.put(key, pin.lineage());
    return (T) pin.value();
  }

  private <T> List<Claim<T>> claims(String key, Function<Customer, T> value) {
    List<Claim<T>> claims = new ArrayList<>(statements.size());
    boolean folded = config.strategy(key).by().contains(Criterion.frequent);
    for (Statement s : statements) {
      T said = value.apply(s.customer());
      if (isPresent(said)) {
        claims.add(new Claim<>(said, s, s.changedAt(key), folded ? Measure.identity(said) : said));
      }
    }
    return claims;
  }

  private static <T> Claim<T> of(List<Claim<T>> claims, Pin pin) {
    return claims.stream().filter(c -> c.from().key().equals(pin.from())).findFirst().orElse(null);
  }

  private <T> T best(String key, List<Claim<T>> claims) {
    if (claims.size() < 2) {
      return claims.isEmpty() ? null : survives(key, claims.get(0), ONLY);
    }
    Ranking<T> ranking = new Ranking<>(key, config.strategy(key), claims);
    claims.sort(ranking.order());
    return survives(key, claims.get(0), ranking.rule(claims));
  }

  private <T> T survives(String key, Claim<T> claim, String rule) {
    lineage.put(key, lineage(claim, rule));
    return claim.value();
  }

  private static Lineage lineage(Claim<?> claim, String rule) {
    var from = claim.from().key();
    var at = claim.at().equals(Instant.MIN) ? null : claim.at();
    return new Lineage(from.spoke(), from.recordId(), at, rule);
  }

  private Map<String, Object> attributes() {
    Set<String> keys = new TreeSet<>();
    statements.forEach(s -> keys.addAll(s.customer().attributes().keySet()));
    pins.keySet().stream()
        .filter(key -> key.startsWith(AttributeValues.FREE_FORM))
        .forEach(key -> keys.add(key.substring(AttributeValues.FREE_FORM.length())));
    Map<String, Object> values = new TreeMap<>();
    for (String key : keys) {
      Object value = one(AttributeValues.FREE_FORM + key, c -> c.attributes().get(key));
      if (value != null) {
        values.put(key, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  // -- groups

  private <T> T ofGroup(String key, List<Claim<T>> claims, Group group) {
    Won won = groups.computeIfAbsent(group, this::won);
    return claims.stream()
        .filter(claim -> claim.from() == won.from())
        .findFirst()
        .map(claim -> survives(key, claim, won.rule()))
        .orElse(null);
  }

  private Won won(Group group) {
    List<Claim<List<Object>>> claims = new ArrayList<>();
    for (Statement s : statements) {
      List<Object> values = group.values(s.customer());
      if (values.stream().anyMatch(Survival::isPresent)) {
        claims.add(new Claim<>(values, s, group.changedAt(s), identity(values)));
      }
    }
    if (claims.size() < 2) {
      return new Won(claims.isEmpty() ? null : claims.get(0).from(), ONLY);
    }
    var ranking = new Ranking<>(group.name(), group.strategy(), claims);
    claims.sort(ranking.order());
    return new Won(claims.get(0).from(), ranking.rule(claims));
  }

  private static Object identity(List<Object> values) {
    var identities = new ArrayList<Object>(values.size());
    values.forEach(value -> identities.add(Measure.identity(value)));
    return identities;
  }

  // -- lists

  private <T> List<T> all(Elements<T> elements) {
    Pin pin = pins.get(elements.key());
    if (pin == null || pin.value() == null) {
      return stated(elements, pin);
    }
    return pin.value() instanceof List<?>
        ? pinnedWhole(elements, pin)
        : pinnedFirst(elements, pin, saying(elements));
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> pinnedWhole(Elements<T> elements, Pin pin) {
    List<T> whole = (List<T>) pin.value();
    for (int i = 0; i < whole.size(); i++) {
      lineage.put(elements.key() + "[" + i + "]", pin.lineage());
    }
    return whole;
  }

  private <T> List<T> stated(Elements<T> elements, Pin pin) {
    List<Statement> saying = saying(elements);
    if (pin != null) {
      List<Statement> own = saying.stream().filter(s -> s.key().equals(pin.from())).toList();
      if (!own.isEmpty()) {
        return noted(elements, chosen(elements, own), Pin.RULE);
      }
    }
    return noted(elements, chosen(elements, saying), rule(elements.key(), saying.size()));
  }

  private String rule(String key, int rivals) {
    return rivals == 1 ? ONLY : config.strategy(key).criteria(key).get(0).name();
  }

  private <T> List<Statement> saying(Elements<T> elements) {
    List<Claim<List<T>>> claims = claims(elements.key(), elements.of());
    if (claims.size() > 1) {
      var strategy = config.strategy(elements.key()).ofStatements();
      claims.sort(new Ranking<>(elements.key(), strategy, claims).order());
    }
    return claims.stream().map(Claim::from).toList();
  }

  private <T> List<Claim<T>> chosen(Elements<T> elements, List<Statement> saying) {
    return saying.isEmpty()
        ? List.of()
        : new Union<>(elements, config.strategy(elements.key()), saying).first();
  }

  private <T> List<T> noted(Elements<T> elements, List<Claim<T>> chosen, String rule) {
    for (int i = 0; i < chosen.size(); i++) {
      lineage.put(elements.key() + "[" + i + "]", lineage(chosen.get(i), rule));
    }
    return chosen.stream().map(Claim::value).toList();
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> pinnedFirst(Elements<T> elements, Pin pin, List<Statement> saying) {
    String key = elements.key();
    T first = elements.first().apply((T) pin.value());
    Object identity = elements.identity().apply(first);
    List<T> values = new ArrayList<>(List.of(first));
    lineage.put(key + "[0]", pin.lineage());
    for (Claim<T> other : chosen(elements, saying)) {
      if (!other.identity().equals(identity) && values.size() < config.strategy(key).keep()) {
        String place = key + "[" + values.size() + "]";
        lineage.put(place, lineage(other, rule(key, saying.size())));
        values.add(elements.later().apply(other.value()));
      }
    }
    return values;
  }

  // -- what counts as said

  private static boolean isPresent(Object value) {
    if (value instanceof Name n) {
      return Stream.of(n.given(), n.middle(), n.family(), n.full()).anyMatch(Survival::isText);
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
