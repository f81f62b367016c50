package io.nave.sandbox.salesforce;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Turns what a client wrote into what a field holds, or refuses it in Salesforce's words. */
final class Values {
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"(),:;<>\\[\\]]+@[^\\s@]+\\.[^\\s@]{2,}");
  private static final DateTimeFormatter BASIC_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][xx][XXX]");

  private Values() {}

  /** The value to keep, null where the client clears the field. */
  static Object accept(Field field, Object given) {
    Object value = given instanceof String text ? text.strip() : given;
    if (value == null || "".equals(value)) {
      return field.kind() == Field.Kind.BOOLEAN && given != null ? malformed(field, given) : null;
    }
    return switch (field.kind()) {
      case BOOLEAN -> bool(field, value);
      case INT, DOUBLE -> number(field, value);
      case DATE -> date(field, value);
      case DATETIME -> time(field, value);
      case REFERENCE, ID -> id(field, value);
      case EMAIL -> email(field, text(field, value));
      default -> text(field, value);
    };
  }

  private static Object bool(Field field, Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    String text = value.toString();
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
        ? (Object) Boolean.valueOf(text)
        : malformed(field, value);
  }

  private static Object number(Field field, Object value) {
    try {
      return value instanceof Number n ? n.doubleValue() : Double.parseDouble(value.toString());
    } catch (NumberFormatException e) {
      return malformed(field, value);
    }
  }

  private static Object date(Field field, Object value) {
    try {
      String text = value.toString();
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text).toString();
    } catch (DateTimeParseException e) {
      return malformed(field, value);
    }
  }

  private static Object time(Field field, Object value) {
    try {
      return instant(value.toString());
    } catch (DateTimeParseException e) {
      return malformed(field, value);
    }
  }

  /** A time with an offset, in the forms that SOQL and REST take. */
  static Instant instant(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : OffsetDateTime.parse(text, BASIC_OFFSET).toInstant();
  }

  private static Object id(Field field, Object value) {
    String id = Ids.to18(value.toString());
    if (id == null) {
      throw ApiFailure.invalid(
          "MALFORMED_ID", field.label() + ": id value of incorrect type: " + value, field.name());
    }
    return id;
  }

  private static String email(Field field, String value) {
    if (!EMAIL.matcher(value).matches()) {
      throw ApiFailure.invalid(
          "INVALID_EMAIL_ADDRESS",
          field.label() + ": invalid email address: " + value,
          field.name());
    }
    return value;
  }

  private static String text(Field field, Object value) {
    String text = value.toString();
    if (field.length() > 0 && text.length() > field.length()) {
      throw ApiFailure.invalid(
          "STRING_TOO_LONG",
          field.label()
              + ": data value too large: "
              + text
              + " (max length="
              + field.length()
              + ")",
          field.name());
    }
    return text;
  }

  private static Object malformed(Field field, Object value) {
    String kind = value instanceof Number ? "VALUE_NUMBER" : "VALUE_STRING";
    throw ApiFailure.invalid(
        "JSON_PARSER_ERROR",
        "Cannot deserialize instance of %s from %s value %s or request may be missing a required field at [line:1, column:1]"
            .formatted(field.kind().api, kind, value),
        field.name());
  }
}
