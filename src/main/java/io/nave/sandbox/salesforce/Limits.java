package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The daily allowance of API requests: 100,000, as the Enterprise Edition has without licences. */
final class Limits {
  private final Clock clock;
  private int daily = 100_000;
  private int used;
  private LocalDate day;

  Limits(Clock clock) {
    this.clock = clock;
  }

  void daily(int requests) {
    daily = requests;
  }

  /** Counts a request; refuses it when the allowance is used up. */
  void count() {
    LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    if (!today.equals(day)) {
      day = today;
      used = 0;
    }
    if (used >= daily) {
      throw new ApiFailure(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }
    used++;
  }

  /** The header Sforce-Limit-Info. */
  String header() {
    return "api-usage=" + used + "/" + daily;
  }

  JsonObject json() {
    return new JsonObject()
        .put("DailyApiRequests", limit(daily, daily - used))
        .put("DailyBulkV2QueryJobs", limit(10_000, 10_000))
        .put("DailyDeliveredPlatformEvents", limit(50_000, 50_000))
        .put("DataStorageMB", limit(1024, 1024))
        .put("FileStorageMB", limit(1024, 1024));
  }

  private static JsonObject limit(int max, int remaining) {
    return new JsonObject().put("Max", max).put("Remaining", remaining);
  }
}
