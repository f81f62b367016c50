package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Primitive;
import io.nave.sandbox.s4hana.EntityType.Property;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How OData v2 writes values: in JSON, in XML and in URLs. */
final class Literals {
  private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d+)([+-]\\d+)?\\)/");
  private static final Pattern TYPED =
      Pattern.compile("(datetime|datetimeoffset|time|guid|X|binary)'([^']*)'");

  private Literals() {}

  /** A value from a JSON body. */
  static Object fromJson(Property property, Object json) {
    if (json == null) {
      return null;
    }
    try {
      return switch (property.type()) {
        case String -> text(property, json);
        case Boolean -> (Boolean) json;
        case DateTime -> LocalDateTime.ofInstant(date((String) json), ZoneOffset.UTC);
        case DateTimeOffset -> date((String) json);
        case Time -> time((String) json);
        case Guid -> UUID.fromString((String) json);
      };
    } catch (ClassCastException | DateTimeException | IllegalArgumentException e) {
      throw invalid(property, json);
    }
  }

  /** A value for a JSON body. */
  static Object toJson(Primitive type, Object value) {
    if (value == null) {
      return type == Primitive.String ? "" : type == Primitive.Boolean ? Boolean.FALSE : null;
    }
    return switch (type) {
      case String, Boolean -> value;
      case DateTime ->
          "/Date(" + ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli() + ")/";
      case DateTimeOffset -> "/Date(" + ((Instant) value).toEpochMilli() + "+0000)/";
      case Time -> duration((LocalTime) value);
      case Guid -> value.toString();
    };
  }

  /** A value for an Atom entry, or null where the element is to say that it is null. */
  static String toXml(Primitive type, Object value) {
    return switch (type) {
      case Time -> value == null ? null : duration((LocalTime) value);
      case DateTime, DateTimeOffset, Guid -> value == null ? null : value.toString();
      default -> toJson(type, value).toString();
    };
  }

  /** A value for a key in a URL. */
  static String toUri(Primitive type, Object value) {
    return switch (type) {
      case String -> "'" + (value == null ? "" : value.toString().replace("'", "''")) + "'";
      case DateTimeOffset -> "datetimeoffset'" + value + "'";
      case DateTime -> "datetime'" + value + "'";
      case Time -> "time'" + duration((LocalTime) value) + "'";
      case Guid -> "guid'" + value + "'";
      case Boolean -> value.toString();
    };
  }

  /** A literal from a URL: text, boolean, number, date, time or guid; null for {@code null}. */
  static Object fromUri(String literal) {
    if (literal.startsWith("'") && literal.endsWith("'") && literal.length() > 1) {
      return literal.substring(1, literal.length() - 1).replace("''", "'");
    }
    Matcher typed = TYPED.matcher(literal);
    try {
      return typed.matches() ? typed(typed.group(1), typed.group(2)) : plain(literal);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw ODataFailure.malformed("Invalid literal " + literal);
    }
  }

  static String duration(LocalTime time) {
    return String.format("PT%02dH%02dM%02dS", time.getHour(), time.getMinute(), time.getSecond());
  }

  private static Object typed(String type, String text) {
    return switch (type) {
      case "datetime" -> LocalDateTime.ofInstant(date(text), ZoneOffset.UTC);
      case "datetimeoffset" -> date(text);
      case "time" -> time(text);
      default -> UUID.fromString(text);
    };
  }

  private static Object plain(String literal) {
    return switch (literal) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> Long.valueOf(literal.replaceAll("[LlMmDdFf]$", ""));
    };
  }

  private static String text(Property property, Object json) {
    String text = (String) json;
    if (property.maxLength() > 0 && text.length() > property.maxLength()) {
      throw invalid(property, "too long");
    }
    return text.isEmpty() && !property.key() ? null : text;
  }

  private static Instant date(String text) {
    Matcher epoch = DATE.matcher(text);
    if (epoch.matches()) {
      return Instant.ofEpochMilli(Long.parseLong(epoch.group(1)));
    }
    boolean offset = text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:\\d\\d$");
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static LocalTime time(String text) {
    return LocalTime.ofSecondOfDay(Duration.parse(text).toSeconds() % 86_400);
  }

  private static ODataFailure invalid(Property property, Object value) {
    return ODataFailure.badRequest(
        "/IWFND/CM_MGW/096",
        "Property '" + property.name() + "' has invalid value '" + value + "'");
  }
}
