package io.nave.centre;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** What the pages say in one language. */
@TemplateData
public final class Wording {
  private final String code;
  private final String name;
  private final boolean rightToLeft;
  private final ULocale locale;
  private final Map<String, String> texts;
  private final Map<String, String> fallback;

  Wording(
      String code,
      String name,
      boolean rightToLeft,
      Map<String, String> texts,
      Map<String, String> fallback) {
    this.code = code;
    this.name = name;
    this.rightToLeft = rightToLeft;
    // English alone would write dates as in the United States.
    this.locale = ULocale.forLanguageTag(code.equals("en") ? "en-GB" : code);
    this.texts = texts;
    this.fallback = fallback;
  }

  /** Its BCP 47 tag. */
  public String code() {
    return code;
  }

  /** Its name in itself. */
  public String name() {
    return name;
  }

  /** {@code rtl} or {@code ltr}. */
  public String direction() {
    return rightToLeft ? "rtl" : "ltr";
  }

  /** The text of a key; in English where the language has none. */
  public String say(String key) {
    var text = texts.getOrDefault(key, fallback.get(key));
    if (text == null) {
      throw new IllegalArgumentException("text: " + key + " (expected: a key of en.yaml)");
    }
    return text;
  }

  /** The text of a key with its parts filled in, plurals and numbers as the language has them. */
  String say(String key, Object... namesAndValues) {
    var values = new HashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return new MessageFormat(say(key), locale).format(values, new StringBuffer(), null).toString();
  }

  /** Whether there is a text, in the language or in English. */
  boolean has(String key) {
    return texts.containsKey(key) || fallback.containsKey(key);
  }

  String title(Map<String, String> byLanguage, String otherwise) {
    var title = Titles.in(code, byLanguage);
    return title == null ? otherwise : title;
  }

  String day(Instant at, ZoneId zone) {
    return format(DateFormat.getDateInstance(DateFormat.LONG, locale), at, zone);
  }

  String moment(Instant at, ZoneId zone) {
    return format(
        DateFormat.getDateTimeInstance(DateFormat.LONG, DateFormat.SHORT, locale), at, zone);
  }

  private static String format(DateFormat format, Instant at, ZoneId zone) {
    format.setTimeZone(TimeZone.getTimeZone(zone.getId()));
    return format.format(Date.from(at));
  }

  ULocale locale() {
    return locale;
  }
}
