package io.nave.golden;

import io.nave.canonical.Address;
import io.nave.canonical.Email;
import io.nave.canonical.Fold;
import io.nave.canonical.Identifier;
import io.nave.canonical.Membership;
import io.nave.canonical.Name;
import io.nave.canonical.Phone;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Measures values of any attribute. Pure. */
final class Measure {
  private static final int MOST_DIGITS = 60;

  private Measure() {}

  /** How many parts of the value are filled. */
  static int filled(Object value) {
    return texts(value).size();
  }

  /** How many characters the value has. */
  static int length(Object value) {
    return texts(value).stream().mapToInt(t -> t.codePointCount(0, t.length())).sum();
  }

  /** True only for an e-mail or phone that its source calls verified. */
  static boolean isVerified(Object value) {
    return value instanceof Email email && Boolean.TRUE.equals(email.verified())
        || value instanceof Phone phone && Boolean.TRUE.equals(phone.verified());
  }

  /** Equal for two single values that say the same: case, accents and spaces do not count. */
  static Object identity(Object value) {
    if (value instanceof Name name) {
      return parts(name).map(part -> Fold.text((String) part)).toList();
    }
    return value instanceof String text ? Fold.text(text) : value;
  }

  /** Numbers, also those written as text, by size and before all others; others as text. */
  static int compare(Object a, Object b) {
    BigDecimal left = number(a);
    BigDecimal right = number(b);
    if (left != null && right != null) {
      return left.compareTo(right);
    }
    if (left != null || right != null) {
      return left != null ? -1 : 1;
    }
    return String.join(" ", texts(a)).compareTo(String.join(" ", texts(b)));
  }

  private static BigDecimal number(Object value) {
    String text = value instanceof Number || value instanceof String ? value.toString() : "";
    boolean plain = text.length() <= MOST_DIGITS && text.matches("-?\\d+(\\.\\d+)?");
    return plain ? new BigDecimal(text) : null;
  }

  private static List<String> texts(Object value) {
    return parts(value)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .filter(t -> !t.isBlank())
        .toList();
  }

  private static Stream<?> parts(Object value) {
    if (value instanceof Name n) {
      return Stream.of(n.prefix(), n.given(), n.middle(), n.family(), n.suffix(), n.full());
    }
    if (value instanceof Address a) {
      var rest = Stream.of(a.city(), a.region(), a.postalCode(), a.country());
      return Stream.concat(a.lines().stream(), rest);
    }
    if (value instanceof Membership m) {
      return parts(m);
    }
    if (value instanceof Identifier i) {
      return Stream.of(i.type(), i.issuer(), i.value());
    }
    return ofOthers(value);
  }

  private static Stream<?> parts(Membership m) {
    var organisation = m.organisation();
    return Stream.of(
            organisation == null ? null : organisation.recordId(),
            organisation == null ? null : organisation.name(),
            m.title(),
            m.department(),
            m.from(),
            m.to())
        .map(part -> part);
  }

  private static Stream<?> ofOthers(Object value) {
    if (value instanceof Email e) {
      return Stream.of(e.value(), e.type());
    }
    if (value instanceof Phone p) {
      return Stream.of(p.value(), p.type());
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(Measure::parts);
    }
    if (value instanceof Collection<?> list) {
      return list.stream().flatMap(Measure::parts);
    }
    return Stream.of(value).filter(Objects::nonNull);
  }
}
