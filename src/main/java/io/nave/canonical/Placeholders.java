package io.nave.canonical;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognises values that people and systems put where they know none, such as {@code test@test.com}
 * or the first of January 1900. They stay in the record, but say nothing about who someone is.
 * Immutable; compares without regard to case, script and punctuation.
 */
public final class Placeholders {
  private static final String RISING = "01234567890123456789";
  private static final String FALLING = "98765432109876543210";
  private static final int SHORTEST_RUN = 6;

  private final Set<String> emails;
  private final Set<String> mailboxes;
  private final Set<String> phones;
  private final Set<LocalDate> dates;
  private final Set<String> words;

  /**
   * @param emails whole addresses, such as {@code test@test.com}
   * @param mailboxes what stands before the @ of addresses nobody reads, such as {@code noreply}
   * @param phones numbers, compared by their digits; runs such as 0000000 and 1234567890 are known
   * @param dates such as 1900-01-01
   * @param words names and other texts that are none, such as {@code unknown}
   */
  public Placeholders(
      Collection<String> emails,
      Collection<String> mailboxes,
      Collection<String> phones,
      Collection<LocalDate> dates,
      Collection<String> words) {
    this.emails = emails.stream().map(Standardise::foldEmail).collect(Collectors.toSet());
    this.mailboxes = mailboxes.stream().map(Placeholders::mailbox).collect(Collectors.toSet());
    this.phones = phones.stream().map(Placeholders::digits).collect(Collectors.toSet());
    this.dates = Set.copyOf(dates);
    this.words = words.stream().map(Fold::text).collect(Collectors.toSet());
  }

  /** What is seen most. */
  public static Placeholders usual() {
    return new Placeholders(
        Set.of(
            "test@test.com",
            "a@a.com",
            "a@b.com",
            "none@none.com",
            "no@no.com",
            "email@email.com",
            "noemail@noemail.com",
            "na@na.com",
            "unknown@unknown.com",
            "x@x.com",
            "abc@abc.com"),
        Set.of(
            "noreply",
            "no-reply",
            "donotreply",
            "do-not-reply",
            "noemail",
            "no-email",
            "nomail",
            "mailer-daemon",
            "postmaster"),
        Set.of(),
        Set.of(
            LocalDate.of(1, 1, 1),
            LocalDate.of(1753, 1, 1),
            LocalDate.of(1899, 12, 30),
            LocalDate.of(1899, 12, 31),
            LocalDate.of(1900, 1, 1),
            LocalDate.of(1970, 1, 1),
            LocalDate.of(9999, 12, 31)),
        Set.of(
            "unknown",
            "n/a",
            "na",
            "none",
            "null",
            "nil",
            "test",
            "tester",
            "test test",
            "test user",
            "test customer",
            "not provided",
            "not known",
            "not available",
            "no name",
            "anonymous",
            "tbc",
            "tbd",
            "asdf",
            "qwerty",
            "dummy",
            "undefined",
            "guest",
            "first name",
            "last name",
            "john doe",
            "jane doe"));
  }

  /** Whether an e-mail address stands for none. Null and blank do, too. */
  public boolean isEmail(String value) {
    String folded = Standardise.foldEmail(value);
    if (folded == null || emails.contains(folded)) {
      return true;
    }
    int at = folded.lastIndexOf('@');
    return at <= 0 || mailboxes.contains(mailbox(folded.substring(0, at)));
  }

  /** Whether a telephone number stands for none: listed, one digit over and over, or counted up. */
  public boolean isPhone(String value) {
    String digits = value == null ? "" : digits(value);
    return digits.isEmpty() || phones.contains(digits) || isRun(digits);
  }

  /** Whether a date stands for none. Null does, too. */
  public boolean isDate(LocalDate value) {
    return value == null || dates.contains(value);
  }

  /** Whether a name or other text stands for none: listed, or one letter over and over. */
  public boolean isText(String value) {
    String folded = Fold.text(value);
    String packed = folded.replace(" ", "");
    return folded.isEmpty()
        || words.contains(folded)
        || packed.length() > 2 && isOneOverAndOver(packed);
  }

  /** One digit over and over, or counting: behind any country code of up to three digits. */
  private static boolean isRun(String digits) {
    for (int code = 0; code <= 3 && digits.length() - code >= SHORTEST_RUN; code++) {
      String number = digits.substring(code);
      if (isOneOverAndOver(number) || RISING.contains(number) || FALLING.contains(number)) {
        return true;
      }
    }
    return digits.length() < SHORTEST_RUN && isOneOverAndOver(digits);
  }

  private static boolean isOneOverAndOver(String text) {
    return text.chars().allMatch(c -> c == text.charAt(0));
  }

  private static String mailbox(String local) {
    return Fold.text(local).replace(" ", "");
  }

  private static String digits(String value) {
    return value
        .codePoints()
        .filter(Character::isDigit)
        .mapToObj(c -> Integer.toString(Character.digit(c, 10)))
        .collect(Collectors.joining());
  }
}
