package io.nave.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * People who may be mailed and whom three systems know; one after the other they opt out in one of
 * them, through the vendor's own API, or on the company's web site ({@value #WEB}), which tells the
 * hub; and the others' own APIs are watched.
 */
public final class OptOuts {
  /** The systems that hold consent. */
  public static final List<String> SYSTEMS = List.of("acoustic", "gigya", "salesforce");

  /** A spoke that only contributes: what it observes is posted to the hub. */
  public static final String WEB = "web";

  /** Where people opt out, in turn. */
  public static final List<String> DOORS = List.of("acoustic", "gigya", "salesforce", WEB);

  private static final int AT_ONCE = 500;
  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(120);
  private static final long LOOK_MILLIS = 20;

  private final HubHttp hub;
  private final Fill fill;
  private final ExecutorService threads;
  private final Semaphore acoustic = new Semaphore(1);
  private final Deque<Map<String, String>> people = new ArrayDeque<>();
  private final Map<Map<String, String>, SpokeRecord> visitors = new HashMap<>();

  /**
   * @param hub the hub's address; it has reconciled the population
   * @param fill that has filled the systems with the population
   * @param threads where the systems are watched, two for each opt-out under way
   */
  public OptOuts(URI hub, Fill fill, Population population, ExecutorService threads)
      throws InterruptedException {
    this.fill = fill;
    this.threads = threads;
    this.hub = new HubHttp(hub);
    find(population, this.hub.crosswalk());
    visitTheWebSite();
  }

  /**
   * How long it took after the vendor had acknowledged the opt-out until another system held it.
   *
   * @param fromRecord the person's record in {@code from}
   * @param at when the vendor had acknowledged it
   * @param millis seen by looks every 20 ms; -1: not within two minutes
   */
  public record Seen(String from, String fromRecord, String to, Instant at, long millis) {}

  /** How many people are left. */
  public int left() {
    return people.size();
  }

  /**
   * The next person opts out in this system.
   *
   * @return what is seen in each of the others, in the end
   * @throws IllegalStateException when nobody is left, or the vendor refuses
   */
  public List<CompletableFuture<Seen>> next(String from) throws InterruptedException {
    var person = takeOne();
    alone(
        from,
        () -> {
          unsubscribe(from, person.get(from));
          return null;
        });
    var at = Instant.now();
    return SYSTEMS.stream()
        .filter(to -> !to.equals(from))
        .map(to -> CompletableFuture.supplyAsync(() -> seen(person, from, to, at), threads))
        .toList();
  }

  private Seen seen(Map<String, String> person, String from, String to, Instant at) {
    long millis = watch(to, person.get(to), at);
    return new Seen(from, person.get(from), to, at, millis);
  }

  private Map<String, String> takeOne() throws InterruptedException {
    while (!people.isEmpty()) {
      var person = people.poll();
      if (mayBeMailed(person)) {
        return person;
      }
    }
    throw new IllegalStateException("people: nobody is left who may be mailed (expected: more)");
  }

  private boolean mayBeMailed(Map<String, String> person) throws InterruptedException {
    for (var spoke : SYSTEMS) {
      if (isOptedOut(spoke, person.get(spoke))) {
        return false;
      }
    }
    return true;
  }

  private boolean isOptedOut(String spoke, String recordId) throws InterruptedException {
    return alone(spoke, () -> !Boolean.FALSE.equals(fill.vendor(spoke).read(recordId).optedOut()));
  }

  private void unsubscribe(String spoke, String recordId) throws InterruptedException {
    switch (spoke) {
      case WEB ->
          hub.observe(
              """
              {"spoke": "web", "recordId": "%s", "kind": "patch", "consents": [{"purpose":
               "marketing", "channel": "email", "state": "withdrawn", "decidedAt": "%s"}]}
              """
                  .formatted(recordId, Instant.now()));
      case "acoustic" -> ((AcousticFill) fill.vendor(spoke)).unsubscribe(recordId);
      case "gigya" -> ((GigyaFill) fill.vendor(spoke)).unsubscribe(recordId);
      default -> ((SalesforceFill) fill.vendor(spoke)).unsubscribe(recordId);
    }
  }

  private interface Request<T> {
    T send() throws InterruptedException;
  }

  /** Acoustic bears ten requests at once, of which the hub makes nine. */
  private <T> T alone(String spoke, Request<T> request) throws InterruptedException {
    if (!spoke.equals("acoustic")) {
      return request.send();
    }
    acoustic.acquire();
    try {
      return request.send();
    } finally {
      acoustic.release();
    }
  }

  private long watch(String spoke, String recordId, Instant start) {
    try {
      for (long millis = 0; millis < PATIENCE; ) {
        boolean held = isOptedOut(spoke, recordId);
        millis = Duration.between(start, Instant.now()).toMillis();
        if (held) {
          return millis;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return -1;
  }

  /** Everybody is seen on the web site once, so that the hub knows who a visitor is. */
  private void visitTheWebSite() throws InterruptedException {
    var visits =
        people.stream().map(person -> visit(person.get(WEB), visitors.get(person))).toList();
    for (int from = 0; from < visits.size(); from += AT_ONCE) {
      var some = visits.subList(from, Math.min(visits.size(), from + AT_ONCE));
      hub.observe("[" + String.join(",", some) + "]");
    }
    var links = hub.crosswalk();
    for (long waited = 0; !isLinked(links) && waited < PATIENCE; waited += LOOK_MILLIS * 10) {
      Thread.sleep(LOOK_MILLIS * 10);
      links = hub.crosswalk();
    }
    var known = links;
    people.removeIf(
        person ->
            !known
                .getOrDefault(WEB + ":" + person.get(WEB), "")
                .equals(known.get("acoustic:" + person.get("acoustic"))));
  }

  private boolean isLinked(Map<String, String> links) {
    return people.stream().allMatch(person -> links.containsKey(WEB + ":" + person.get(WEB)));
  }

  private static String visit(String id, SpokeRecord as) {
    var json = JsonNodeFactory.instance.objectNode().put("spoke", WEB).put("recordId", id);
    var customer = json.putObject("customer").put("type", "person");
    customer.putObject("name").put("given", as.given()).put("family", as.family());
    customer.putArray("emails").addObject().put("value", as.email());
    if (as.mobile() != null) {
      customer.putArray("phones").addObject().put("value", as.mobile());
    }
    return json.toString();
  }

  /** Who has exactly one record in each of the systems, all of one customer. */
  private void find(Population population, Map<String, String> crosswalk) {
    var byPerson =
        population.records().stream()
            .filter(record -> SYSTEMS.contains(record.spoke()))
            .collect(
                Collectors.groupingBy(
                    SpokeRecord::person, LinkedHashMap::new, Collectors.toList()));
    for (var records : byPerson.values()) {
      var ids = new HashMap<String, String>();
      records.forEach(record -> ids.put(record.spoke(), fill.recordId(record.index())));
      var customers =
          ids.entrySet().stream()
              .map(id -> crosswalk.getOrDefault(id.getKey() + ":" + id.getValue(), id.getValue()))
              .distinct()
              .count();
      if (records.size() == SYSTEMS.size() && ids.size() == SYSTEMS.size() && customers == 1) {
        ids.put(WEB, "w-" + records.get(0).person());
        people.add(ids);
        records.stream()
            .filter(record -> record.spoke().equals("acoustic"))
            .forEach(record -> visitors.put(ids, record));
      }
    }
  }
}
