package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.canonical.Fold;
import io.nave.canonical.Name;
import io.nave.canonical.Standardise;
import io.nave.platform.Digest64;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words by which people find a customer. */
final class SearchWords {
  /** What the words begin with that stand for e-mail addresses and phone numbers. */
  private static final String CONTACT = "q0";

  private SearchWords() {}

  /**
   * Names and towns of the golden record; e-mail addresses and phone numbers of all its records.
   */
  static String of(Customer golden, Collection<StoredRecord> records) {
    var name = golden.name() == null ? new Name(null, null, null, null, null, null) : golden.name();
    var names = Stream.of(name.given(), name.middle(), name.family(), name.full());
    var towns = golden.addresses().stream().map(address -> address.city());
    var words = Stream.concat(names, towns).filter(Objects::nonNull).map(Fold::text);
    var emails =
        records.stream().flatMap(r -> r.content().emails().stream()).map(e -> email(e.value()));
    var phones =
        records.stream().flatMap(r -> r.content().phones().stream()).map(p -> phone(p.value()));
    return Stream.concat(words, Stream.concat(emails, phones).filter(Objects::nonNull))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** The word of an e-mail address, or null where there is none. */
  static String email(String address) {
    return contact(Standardise.foldEmail(address));
  }

  /** The word of a phone number in standard form, or null where there is none. */
  static String phone(String number) {
    return contact(number);
  }

  private static String contact(String value) {
    return value == null ? null : CONTACT + Long.toHexString(Digest64.of(value));
  }
}
