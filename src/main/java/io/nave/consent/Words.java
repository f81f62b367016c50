package io.nave.consent;

import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/** Reasons in words. */
final class Words {
  private Words() {}

  static String why(ConsentEntry entry) {
    if (entry.consent().decidedAt() == null) {
      return "decision of unknown time";
    }
    return entry.isOfCustomer() ? "the customer's latest act" : "latest decision";
  }

  static String stands(ConsentEntry stop, Conflict conflict) {
    return stop.consent().state() + " stands: " + conflict.whyNot() + " (" + conflict + ")";
  }

  static String inherited(Effective from) {
    return from.state() + " for " + subject(from.subject());
  }

  static String ended(State was, Instant begun, Period lasts, Instant end) {
    return was == State.pending
        ? "pending since " + day(begun) + ", not confirmed within " + period(lasts)
        : "granted on " + day(begun) + " for " + period(lasts) + ", ended on " + day(end);
  }

  /** Such as {@code marketing on channel email, topic offers}. */
  static String subject(Subject s) {
    String channel = s.channel() == null ? Coverage.ANY : s.channel();
    String topic = s.topic() == null ? "" : ", topic " + s.topic();
    String brand = s.brand() == null ? "" : ", brand " + s.brand();
    return s.purpose() + " on channel " + channel + topic + brand;
  }

  static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static String period(Period p) {
    var words = new StringBuilder();
    add(words, p.getYears(), "year");
    add(words, p.getMonths(), "month");
    add(words, p.getDays(), "day");
    return words.toString();
  }

  private static void add(StringBuilder words, int n, String unit) {
    if (n != 0) {
      words.append(words.isEmpty() ? "" : " ").append(n).append(' ').append(unit);
      words.append(n == 1 ? "" : "s");
    }
  }
}
