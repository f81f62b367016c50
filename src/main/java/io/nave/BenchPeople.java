package io.nave;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Made-up observations for load only: each person is reported by the CRM and the ESP, every second
 * one by the ERP, too; one ERP report in ten is a change of the CRM's record instead. The same seed
 * gives the same observations. They are simpler than real ones and say nothing about matching.
 */
final class BenchPeople implements Iterator<BenchPeople.Said> {
  private static final String[] START =
      ("Al An Ar Be Bo Bra Ca Ce Cla Co Da De Do Ed El Em Fa Fi Fra Ga Ge Gri Ha He Ho Il Iv Ja Jo"
              + " Ka Ke La Le Lu Ma Me Mo Na Ne No Ol Or Pa Pe Pri Ra Re Ro Sa Se Si Ta Te To Ul Va"
              + " Vi Wa We Ya")
          .split(" ");
  private static final String[] MIDDLE = {
    "ri", "na", "lo", "mi", "se", "ta", "vi", "do", "ra", "ne"
  };
  private static final String[] END = {"n", "a", "ck", "ston", "well", "ford", "ley", "man", "son"};

  private final Random random;
  private final String run;
  private final int people;
  private int person;
  private int of;
  private Draw now;

  /**
   * @param run goes into all names of records and addresses, so that two runs share no person
   */
  BenchPeople(String run, long seed, int people) {
    this.run = run;
    this.random = new Random(seed);
    this.people = people;
    this.now = draw();
  }

  /** An observation as it goes into the log. */
  record Said(String key, byte[] json) {}

  private record Draw(
      String given, String family, String email, String phone, String born, String street) {}

  /** How many observations so many people make: two and a half each. */
  static int observations(int people) {
    return people * 2 + people / 2;
  }

  @Override
  public boolean hasNext() {
    return person < people;
  }

  @Override
  public Said next() {
    if (!hasNext()) {
      throw new NoSuchElementException("people: " + person + " (expected: at most " + people + ")");
    }
    var said = said(of);
    of++;
    if (of == (person % 2 == 0 ? 2 : 3)) {
      of = 0;
      person++;
      now = draw();
    }
    return said;
  }

  private Said said(int nth) {
    return switch (nth) {
      case 0 -> observation("crm", 1, now.phone, consent("phone"));
      case 1 -> observation("esp", 1, null, consent("email"));
      default ->
          person % 20 == 1
              ? observation("crm", 2, phone(), "")
              : observation("erp", 1, now.phone, "");
    };
  }

  private Said observation(String spoke, int day, String phone, String consents) {
    var id = run + "-" + person;
    var json =
        """
        {"spoke":"%s","recordId":"%s","changedAt":"2026-01-0%dT08:00:00Z","customer":{\
        "type":"person","name":{"given":"%s","family":"%s"},"birthDate":"%s",\
        "emails":[{"value":"%s"}]%s,\
        "addresses":[{"lines":["%s"],"city":"Cardiff","postalCode":"CF%d %dAB","country":"GB"}]}%s}\
        """
            .formatted(
                spoke,
                id,
                day,
                now.given,
                now.family,
                now.born,
                now.email,
                phone == null ? "" : ",\"phones\":[{\"value\":\"" + phone + "\"}]",
                now.street,
                10 + person % 80,
                1 + person % 9,
                consents);
    return new Said(spoke + ":" + id, json.getBytes(StandardCharsets.UTF_8));
  }

  private String consent(String channel) {
    boolean granted = person % 3 != 0;
    return """
        ,"consents":[{"purpose":"marketing","channel":"%s","state":"%s",\
        "decidedAt":"2025-12-01T08:00:00Z"}]\
        """
        .formatted(channel, granted ? "granted" : "withdrawn");
  }

  private Draw draw() {
    var given = word() + word().toLowerCase(java.util.Locale.ROOT);
    var family = word() + word().toLowerCase(java.util.Locale.ROOT);
    var email = given + "." + family + "." + run + person + "@bench.example";
    var born =
        "%d-%02d-%02d"
            .formatted(1940 + random.nextInt(65), 1 + random.nextInt(12), 1 + random.nextInt(28));
    var street = (1 + random.nextInt(200)) + " " + word() + " Street";
    return new Draw(given, family, email, phone(), born, street);
  }

  private String phone() {
    return "+447%09d".formatted(random.nextInt(1_000_000_000));
  }

  private String word() {
    return List.of(START, MIDDLE, END).stream()
        .map(parts -> parts[random.nextInt(parts.length)])
        .reduce("", String::concat);
  }
}
