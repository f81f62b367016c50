package io.nave.sync;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes observations, and a log of them that begins anew for each test. */
final class Say {
  static final Instant RECEIVED = Instant.parse("2026-06-01T00:00:00Z");
  private final String topic = UUID.randomUUID().toString();
  private final Map<Integer, Long> next = new HashMap<>();

  /** A snapshot; {@code customer} is what stands in the braces. */
  static String snapshot(String spoke, String id, String at, String customer) {
    return "{\"spoke\":\"%s\",\"recordId\":\"%s\",\"changedAt\":\"%s\",\"customer\":{\"type\":\"person\",%s}}"
        .formatted(spoke, id, at, customer);
  }

  static String name(String given, String family) {
    return "\"name\":{\"given\":\"%s\",\"family\":\"%s\"}".formatted(given, family);
  }

  static String mail(String address) {
    return ",\"emails\":[{\"value\":\"%s\"}]".formatted(address);
  }

  static String phone(String number) {
    return ",\"phones\":[{\"value\":\"%s\"}]".formatted(number);
  }

  static String born(String date) {
    return ",\"birthDate\":\"%s\"".formatted(date);
  }

  static String gender(String gender) {
    return ",\"gender\":\"%s\"".formatted(gender);
  }

  /** The observation, and a consent; {@code decidedAt} may be null. */
  static String consent(
      String observation, String purpose, String channel, String state, String decidedAt) {
    var at = decidedAt == null ? "" : ",\"decidedAt\":\"" + decidedAt + "\"";
    return observation.substring(0, observation.length() - 1)
        + ",\"consents\":[{\"purpose\":\"%s\",\"channel\":\"%s\",\"state\":\"%s\"%s}]}"
            .formatted(purpose, channel, state, at);
  }

  /** The observations as the next ones in the log. */
  List<Logged> logged(List<String> observations) {
    return numbered(0, observations);
  }

  List<Logged> logged(String... observations) {
    return logged(List.of(observations));
  }

  /** As above, in some partition of the log. */
  List<Logged> numbered(int partition, List<String> observations) {
    var logged = new ArrayList<Logged>();
    for (var one : observations) {
      var bytes = one.getBytes(StandardCharsets.UTF_8);
      long offset = next.merge(partition, 1L, Long::sum) - 1;
      logged.add(new Logged(topic, partition, offset, RECEIVED, bytes));
    }
    return logged;
  }
}
