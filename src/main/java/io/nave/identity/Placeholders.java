package io.nave.identity;

import io.nave.platform.ConfigSection;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values that say nothing because sources fill them in for want of better. An e-mail entry without
 * {@code @} stands for that local part at every domain, one that begins with {@code @} for every
 * address of that domain.
 */
record Placeholders(
    Set<String> emails,
    Set<String> roles,
    Set<String> phones,
    Set<String> identifiers,
    Set<String> names,
    Set<LocalDate> birthDates,
    int earliestBirthYear) {

  static Placeholders read(ConfigSection section) {
    return new Placeholders(
        lower(section.texts("emails")),
        lower(section.texts("roles")),
        Set.copyOf(section.texts("phones")),
        solid(section.texts("identifiers")),
        words(section.texts("names")),
        dates(section),
        section.count("earliestBirthYear", 1906, 1500, 2000));
  }

  boolean email(String folded) {
    int at = folded.indexOf('@');
    return at <= 0
        || emails.contains(folded)
        || emails.contains(folded.substring(0, at))
        || emails.contains(folded.substring(at));
  }

  boolean phone(String e164) {
    return phones.contains(e164) || digits(e164) < 7 || repeats(e164);
  }

  boolean identifier(String solid) {
    return solid.length() < 2 || identifiers.contains(solid) || isZero(solid);
  }

  /** Whether the address is of a role, which several people answer: info@, sales@. */
  boolean role(String local) {
    return roles.contains(local);
  }

  boolean name(String folded) {
    return names.contains(folded);
  }

  boolean birthDate(LocalDate date) {
    return date.getYear() < earliestBirthYear || birthDates.contains(date);
  }

  private static int digits(String phone) {
    int digits = 0;
    for (int i = 0; i < phone.length(); i++) {
      digits += Character.isDigit(phone.charAt(i)) ? 1 : 0;
    }
    return digits;
  }

  private static boolean repeats(String phone) {
    for (int i = Math.max(1, phone.length() - 6); i < phone.length(); i++) {
      if (phone.charAt(i) != phone.charAt(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String solid) {
    for (int i = 0; i < solid.length(); i++) {
      if (solid.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static Set<String> lower(List<String> texts) {
    return texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static Set<String> solid(List<String> texts) {
    return texts.stream().map(Folding::solid).collect(Collectors.toSet());
  }

  private static Set<String> words(List<String> texts) {
    return texts.stream().map(Folding::words).collect(Collectors.toSet());
  }

  private static Set<LocalDate> dates(ConfigSection section) {
    Set<LocalDate> dates = new HashSet<>();
    for (String text : section.texts("birthDates")) {
      try {
        dates.add(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        section.mistake("birthDates", text, "dates such as 1900-01-01");
      }
    }
    return dates;
  }
}
