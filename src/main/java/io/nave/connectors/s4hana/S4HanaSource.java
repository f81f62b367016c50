package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.connectors.SpokeSettings;
import io.nave.sync.Cursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.util.TimeUtils;

/**
 * Reads partners: all of them once, then those whose header changed, and those that events name.
 * Its positions are {@code load} (the last number that was loaded, or {@code done}) and {@code
 * since} (from when to ask for changes).
 */
@Named("s4hanaSource")
@ApplicationScoped
public class S4HanaSource {
  static final String EXPAND =
      "to_BusinessPartnerAddress/to_AddressUsage,to_BusinessPartnerAddress/to_EmailAddress,"
          + "to_BusinessPartnerAddress/to_PhoneNumber,"
          + "to_BusinessPartnerAddress/to_MobilePhoneNumber,"
          + "to_BuPaIdentification,to_BusinessPartnerRole";

  /** An event that is no older than this is stamped with the moment of reading. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final String DONE = "done";

  private final PartnerApi api;
  private final SpokeSettings settings;
  private final Cursors cursors;
  private final Clock clock;
  private final Map<String, Map<String, Long>> seen = new ConcurrentHashMap<>();

  S4HanaSource(PartnerApi api, SpokeSettings settings, Cursors cursors, Clock clock) {
    this.api = api;
    this.settings = settings;
    this.cursors = cursors;
    this.clock = clock;
  }

  /** What is to be read now: the rest of the initial load, or what changed. */
  public Round round(String spoke) {
    String load = cursors.read(spoke, "load");
    Instant next = clock.instant().minus(duration(spoke, "overlap"));
    if (cursors.read(spoke, "since") == null) {
      cursors.write(spoke, "since", next.toString());
    }
    boolean initial = !DONE.equals(load);
    String filter = initial ? null : changes(spoke, cursors.read(spoke, "since"));
    return new Round(initial, next, () -> pages(spoke, filter, initial ? load : null));
  }

  /** A page is durable in the log. */
  public void passed(String spoke, Round round, Page page) {
    if (round.initial()) {
      cursors.write(spoke, "load", page.last());
    }
    round.digests().putAll(page.digests());
  }

  /** All pages of the round are durable in the log. */
  public void finished(String spoke, Round round) {
    if (round.initial()) {
      cursors.write(spoke, "load", DONE);
    } else {
      seen.put(spoke, round.digests());
      cursors.write(spoke, "since", round.next().toString());
    }
  }

  /** Reads the partners that an event names; one that is gone comes as {@code _deleted}. */
  public List<Map<String, Object>> reread(String spoke, Notice notice) {
    List<Map<String, Object>> records = new ArrayList<>();
    notice.partners().forEach((number, at) -> records.add(reread(spoke, number, at)));
    return records;
  }

  private Map<String, Object> reread(String spoke, String number, Instant event) {
    Instant read = clock.instant();
    String path = PartnerApi.partner(number) + PartnerApi.query("$expand", EXPAND);
    JsonNode found = api.find(spoke, path);
    boolean fresh = event == null || event.plus(FRESH).isAfter(read);
    if (found.isMissingNode()) {
      Map<String, Object> gone = new LinkedHashMap<>();
      gone.put("BusinessPartner", number);
      gone.put("_deleted", true);
      gone.put("_changedAt", (fresh ? read : event).toString());
      return gone;
    }
    Map<String, Object> record = PartnerJson.plain(found);
    Instant header = PartnerJson.changedAt(record, zone(spoke));
    boolean later = header != null && event != null && header.isAfter(event);
    record.put("_changedAt", (fresh ? read : later ? header : event).toString());
    return record;
  }

  /**
   * A change of an address or a number leaves the header's time as it was. Whoever did not see the
   * partner before cannot tell since when it is as it is, as after another instance read: then it
   * is as it is since now, so that no value that is known already is dated back.
   */
  private PartnerPages pages(String spoke, String filter, String after) {
    int size = Integer.parseInt(settings.get(spoke, "page-size"));
    Instant read = clock.instant();
    ZoneId zone = zone(spoke);
    boolean blind = filter != null && !seen.containsKey(spoke);
    return new PartnerPages(
        from -> ask(spoke, filter, from, size),
        size,
        after,
        filter == null ? Map.of() : seen.getOrDefault(spoke, Map.of()),
        (record, seenOtherwise) -> {
          Instant header = PartnerJson.changedAt(record, zone);
          return seenOtherwise || blind || header == null ? read : endOfSecond(header, read);
        });
  }

  /**
   * SAP cuts the header's time to the second: what an event told within that second is older than
   * what is read now.
   */
  private static Instant endOfSecond(Instant header, Instant read) {
    Instant end = header.plusMillis(999);
    return end.isAfter(read) && !header.isAfter(read) ? read : end;
  }

  private JsonNode ask(String spoke, String filter, String after, int size) {
    String from = after == null ? null : "BusinessPartner gt " + PartnerApi.literal(after);
    String both = filter == null ? from : from == null ? filter : "(" + filter + ") and " + from;
    String query =
        PartnerApi.query(
            "$orderby", "BusinessPartner", "$top", Integer.toString(size), "$expand", EXPAND);
    String filtered = both == null ? "" : PartnerApi.query("$filter", both).replace('?', '&');
    return api.get(spoke, "A_BusinessPartner" + query + filtered);
  }

  /** Partners whose header was changed or created from that moment on. */
  private String changes(String spoke, String since) {
    LocalDateTime from =
        LocalDateTime.ofInstant(Instant.parse(since), zone(spoke)).truncatedTo(ChronoUnit.SECONDS);
    return from("LastChange", from) + " or " + from("Creation", from);
  }

  private static String from(String prefix, LocalDateTime from) {
    String day = "datetime'" + from.toLocalDate() + "T00:00:00'";
    String time =
        String.format(
            "time'PT%02dH%02dM%02dS'", from.getHour(), from.getMinute(), from.getSecond());
    return String.format(
        "%1$sDate gt %2$s or (%1$sDate eq %2$s and %1$sTime ge %3$s)", prefix, day, time);
  }

  private ZoneId zone(String spoke) {
    return ZoneId.of(settings.get(spoke, "zone"));
  }

  private Duration duration(String spoke, String key) {
    return Duration.ofMillis(TimeUtils.toMilliSeconds(settings.get(spoke, key)));
  }
}
