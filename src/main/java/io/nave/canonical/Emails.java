package io.nave.canonical;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** E-mail addresses and internet domains in their standard form. */
final class Emails {
  private static final IDNA UNICODE_DOMAINS =
      IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.USE_STD3_RULES);

  private Emails() {}

  static List<Email> standard(List<Email> raw) {
    if (raw.isEmpty()) {
      return raw;
    }
    Map<String, Email> byAddress = new LinkedHashMap<>();
    for (Email one : raw) {
      Email made = standard(one);
      if (made.value() != null) {
        byAddress.merge(fold(made.value()), made, Emails::join);
      }
    }
    return Tidy.onePrimary(List.copyOf(byAddress.values()), Email::primary, Emails::secondary);
  }

  private static Email standard(Email raw) {
    String type = Tidy.text(raw.type());
    if (raw.original() != null) {
      return new Email(Tidy.text(raw.value()), type, raw.primary(), raw.verified(), raw.original());
    }
    String value = address(raw.value());
    String original = value == null || value.equals(raw.value()) ? null : raw.value();
    return new Email(value, type, raw.primary(), raw.verified(), original);
  }

  private static Email join(Email one, Email other) {
    return new Email(
        one.value(),
        Tidy.first(one.type(), other.type()),
        Tidy.either(one.primary(), other.primary()),
        Tidy.either(one.verified(), other.verified()),
        one.original());
  }

  private static Email secondary(Email one) {
    return new Email(one.value(), one.type(), false, one.verified(), one.original());
  }

  static String address(String raw) {
    String bare = bare(Tidy.text(raw));
    if (bare == null) {
      return null;
    }
    int at = bare.lastIndexOf('@');
    if (at < 0) {
      return bare;
    }
    return bare.substring(0, at + 1) + asciiDomain(bare.substring(at + 1));
  }

  /** Without display name, mailto:, brackets and blanks. */
  private static String bare(String text) {
    if (text == null) {
      return null;
    }
    String bare = withoutScheme(inBrackets(text)).replace(" ", "");
    if (bare.isEmpty()) {
      return text;
    }
    // an accent that stood behind a blank now has a letter before it
    return isAscii(bare) ? bare : Normalizer.normalize(bare, Normalizer.Form.NFC);
  }

  private static String inBrackets(String text) {
    int close = text.lastIndexOf('>');
    int open = close < 0 ? -1 : text.lastIndexOf('<', close);
    String inside = open < 0 ? "" : text.substring(open + 1, close);
    return inside.indexOf('@') < 0 ? text : inside.trim();
  }

  private static String withoutScheme(String text) {
    if (!text.regionMatches(true, 0, "mailto:", 0, 7)) {
      return text;
    }
    String rest = text.substring(7).trim();
    int query = rest.indexOf('?');
    return withoutScheme(query < 0 ? rest : rest.substring(0, query));
  }

  /** A domain as the network knows it: lower case, ASCII, no dot at the end. */
  static String asciiDomain(String raw) {
    String lower = withoutDots(raw).toLowerCase(Locale.ROOT);
    return isAscii(lower)
        ? lower
        : withoutDots(punycode(Normalizer.normalize(lower, Normalizer.Form.NFC)));
  }

  private static String withoutDots(String domain) {
    String without = domain;
    while (without.endsWith(".")) {
      without = without.substring(0, without.length() - 1);
    }
    return without;
  }

  private static String punycode(String domain) {
    IDNA.Info outcome = new IDNA.Info();
    StringBuilder ascii = UNICODE_DOMAINS.nameToASCII(domain, new StringBuilder(), outcome);
    return outcome.hasErrors() ? domain : ascii.toString();
  }

  /** An organisation's domain without scheme, path and www. */
  static String site(String raw) {
    String text = Tidy.text(raw);
    if (text == null) {
      return null;
    }
    String host = text.substring(text.lastIndexOf("//") < 0 ? 0 : text.lastIndexOf("//") + 2);
    int path = host.indexOf('/');
    String domain = asciiDomain((path < 0 ? host : host.substring(0, path)).replace(" ", ""));
    while (domain.startsWith("www.")) {
      domain = domain.substring(4);
    }
    return domain.isEmpty() ? text.toLowerCase(Locale.ROOT) : domain;
  }

  static String fold(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return isAscii(lower) ? lower : Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
