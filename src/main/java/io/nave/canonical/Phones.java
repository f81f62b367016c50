package io.nave.canonical;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Telephone numbers in E.164; what cannot be understood keeps its digits. */
final class Phones {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /** The longest text libphonenumber looks at. */
  private static final int LONGEST = 250;

  private Phones() {}

  static List<Phone> standard(List<Phone> raw, String country) {
    if (raw.isEmpty()) {
      return raw;
    }
    Map<String, Phone> byNumber = new LinkedHashMap<>();
    for (Phone one : raw) {
      Phone made = standard(one, country);
      if (made.value() != null) {
        byNumber.merge(made.value(), made, Phones::join);
      }
    }
    return Tidy.onePrimary(List.copyOf(byNumber.values()), Phone::primary, Phones::secondary);
  }

  private static Phone standard(Phone raw, String country) {
    String type = Tidy.text(raw.type());
    if (raw.original() != null) {
      return new Phone(Tidy.text(raw.value()), type, raw.primary(), raw.verified(), raw.original());
    }
    String value = number(raw.value(), country);
    String original = value == null || value.equals(raw.value()) ? null : raw.value();
    return new Phone(value, type, raw.primary(), raw.verified(), original);
  }

  private static Phone join(Phone one, Phone other) {
    return new Phone(
        one.value(),
        Tidy.first(one.type(), other.type()),
        Tidy.either(one.primary(), other.primary()),
        Tidy.either(one.verified(), other.verified()),
        one.original());
  }

  private static Phone secondary(Phone one) {
    return new Phone(one.value(), one.type(), false, one.verified(), one.original());
  }

  static String number(String raw, String country) {
    String text = Tidy.text(raw);
    if (text == null) {
      return null;
    }
    String international = e164(withoutScheme(text), country);
    return international != null ? international : digits(text);
  }

  private static String withoutScheme(String text) {
    return text.regionMatches(true, 0, "tel:", 0, 4) ? text.substring(4) : text;
  }

  private static String e164(String text, String country) {
    if (text.length() > LONGEST) {
      return null;
    }
    String dialled = country == null && text.startsWith("00") ? "+" + text.substring(2) : text;
    try {
      PhoneNumber number = NUMBERS.parse(dialled, country);
      return NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
          ? NUMBERS.format(number, PhoneNumberFormat.E164)
          : null;
    } catch (NumberParseException notANumber) {
      return null;
    }
  }

  /** The digits, with the plus sign in front; the text itself where there is no digit. */
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    text.codePoints()
        .filter(Character::isDigit)
        .forEach(c -> digits.append((char) ('0' + Character.digit(c, 10))));
    if (digits.length() == 0) {
      return text;
    }
    return text.charAt(0) == '+' ? "+" + digits : digits.toString();
  }
}
