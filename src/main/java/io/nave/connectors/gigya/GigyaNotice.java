package io.nave.connectors.gigya;

import java.util.List;
import java.util.Map;

/**
 * What a webhook notification comes to.
 *
 * @param refusal why it is not the vendor's, or null where it is
 * @param events the ids of the events that are new
 * @param records the accounts as they are now; {@code "_deleted": true} where one is gone
 */
public record GigyaNotice(String refusal, List<String> events, List<Map<String, Object>> records) {
  static GigyaNotice refused(String why) {
    return new GigyaNotice(why, List.of(), List.of());
  }
}
