package io.nave.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the hub says of itself, by whichever instance answers. */
final class HubView {
  private final List<URI> hubs;
  private final Http http = new Http(Duration.ofSeconds(4));
  private volatile int last;

  HubView(List<URI> hubs) {
    this.hubs = List.copyOf(hubs);
  }

  /**
   * The hub in numbers.
   *
   * @param records of all systems, as far as they were read
   * @param waiting observations, customers to publish, and deliveries, until all is done
   */
  record Numbers(
      long records,
      long accepted,
      long reconciled,
      long invalid,
      long waiting,
      long delivered,
      long failed) {

    boolean isReconciled() {
      return accepted == ended();
    }

    long ended() {
      return reconciled + invalid;
    }
  }

  /** Null where no instance answers now. */
  Numbers numbers() throws InterruptedException {
    var status = any("/api/status");
    if (status == null) {
      return null;
    }
    long waiting = status.path("reconcileLag").asLong();
    long delivered = 0;
    long failed = 0;
    for (var spoke : status.path("deliveries")) {
      waiting += spoke.path("lag").asLong();
      delivered += spoke.path("delivered").asLong();
      failed += spoke.path("failed").asLong();
    }
    var observations = status.path("observations");
    return new Numbers(
        status.path("sourceRecords").asLong(),
        observations.path("accepted").asLong(),
        observations.path("reconciled").asLong(),
        observations.path("invalid").asLong(),
        waiting,
        delivered,
        failed);
  }

  private JsonNode any(String path) throws InterruptedException {
    int first = last;
    for (int i = 0; i < hubs.size(); i++) {
      int hub = (first + i) % hubs.size();
      try {
        var answer = http.get(hubs.get(hub).resolve(path));
        last = hub;
        return answer;
      } catch (IOException | Http.Refused away) {
        continue;
      }
    }
    return null;
  }

  /** {@code spoke:recordId} to customer. */
  Map<String, String> crosswalk() throws IOException, InterruptedException {
    var links = new HashMap<String, String>();
    for (var line : http.text(hubs.get(0).resolve("/api/crosswalk")).split("\n")) {
      if (!line.isBlank()) {
        var link = Http.JSON.readTree(line);
        links.put(
            link.path("spoke").asText() + ":" + link.path("recordId").asText(),
            link.path("customerId").asText());
      }
    }
    return links;
  }

  /** What the golden record and the ledger say. */
  Facts customer(String id) throws IOException, InterruptedException {
    var node = http.get(hubs.get(0).resolve("/api/customers/" + id));
    var customer = node.path("customer");
    var home = customer.path("addresses").path(0);
    return new Facts(
        customer.path("name").path("given").asText(""),
        customer.path("name").path("family").asText(""),
        customer.path("emails").path(0).path("value").asText(""),
        customer.path("phones").path(0).path("value").asText("").replaceAll("\\D", ""),
        home.path("lines").path(0).asText(""),
        home.path("city").asText(""),
        home.path("postalCode").asText(""),
        isMailable(node.path("consents")));
  }

  private static boolean isMailable(JsonNode consents) {
    for (var one : consents) {
      if (one.path("purpose").asText().equals("marketing")
          && one.path("channel").asText().equals("email")
          && !one.hasNonNull("topic")) {
        return one.path("state").asText().equals("granted");
      }
    }
    return false;
  }
}
