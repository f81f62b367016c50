package io.nave.sandbox.acoustic;

import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The commands that write files: contacts as a list, and events in a zip. */
final class ExportCommands {
  private static final String EVENT_HEADER =
      "Recipient Id,Recipient Type,Mailing Id,Report Id,Campaign Id,Email,Event Type,"
          + "Event Timestamp,Body Type,Content Id,Click Name,URL,Conversion Action,"
          + "Conversion Detail,Conversion Amount,Suppression Reason";

  private final Database database;
  private final LocalTimes times;
  private final Jobs jobs;
  private final StoredFiles files;
  private final Clock clock;
  private long exports;

  ExportCommands(Database database, LocalTimes times, Jobs jobs, StoredFiles files, Clock clock) {
    this.database = database;
    this.times = times;
    this.jobs = jobs;
    this.files = files;
    this.clock = clock;
  }

  Map<String, Command> byName() {
    return Map.of(
        "ExportList", this::contacts,
        "RawRecipientDataExport", this::events,
        "GetJobStatus", jobs::status);
  }

  private void contacts(Request request, Reply reply) {
    ListCommands.requireList(request);
    Predicate<Contact> type = ofType(request.required("EXPORT_TYPE"));
    DelimitedFile.Format format = DelimitedFile.Format.named(request.required("EXPORT_FORMAT"));
    Predicate<Contact> window = modifiedIn(request);
    List<String> columns = ExportColumn.known(database, request.texts("EXPORT_COLUMNS"));
    String path = path("Nave customers - " + request.text("EXPORT_TYPE")) + "." + format.name();
    long job =
        jobs.start(
            "Export of a database",
            () -> write(path, new DelimitedFile(format), columns, type.and(window)));
    reply.success("TRUE").tag("JOB_ID", job).tag("FILE_PATH", path);
  }

  /** The vendor's names hold the time to the second; a number keeps ours apart. */
  private String path(String what) {
    return "/download/" + what + " - " + times.ofFile(clock.instant()) + " - " + ++exports;
  }

  private Map<String, String> write(
      String path, DelimitedFile file, List<String> columns, Predicate<Contact> wanted) {
    file.row(columns);
    int rows = 0;
    for (Contact contact : database.all()) {
      if (wanted.test(contact)) {
        file.row(columns.stream().map(c -> ExportColumn.value(contact, c, times)).toList());
        rows++;
      }
    }
    files.put(path, file.content());
    return Map.of("LIST_ID", "" + Database.LIST_ID, "NUM_PROCESSED", "" + rows);
  }

  private static Predicate<Contact> ofType(String type) {
    return switch (type) {
      case "ALL" -> contact -> true;
      case "OPT_IN" -> contact -> !contact.isOptedOut();
      case "OPT_OUT" -> Contact::isOptedOut;
      case "UNDELIVERABLE" -> contact -> false;
      default -> throw new Fault(Fault.MISSING_PARAMETER, "Invalid EXPORT_TYPE");
    };
  }

  private Predicate<Contact> modifiedIn(Request request) {
    Instant from = times.window(request.text("DATE_START"), Instant.MIN);
    Instant to = times.window(request.text("DATE_END"), Instant.MAX.minusSeconds(1));
    boolean created = request.is("USE_CREATED_DATE");
    return contact -> {
      Instant at = created ? contact.created : contact.lastModified;
      return !at.isBefore(from) && at.isBefore(to.plusSeconds(1));
    };
  }

  private void events(Request request, Reply reply) {
    if (request.has("LIST_ID")) {
      ListCommands.requireList(request);
    }
    List<String> types = types(request);
    Instant from = times.window(request.text("EVENT_DATE_START"), Instant.MIN);
    Instant to = times.window(request.text("EVENT_DATE_END"), Instant.MAX.minusSeconds(1));
    List<String> columns = ExportColumn.known(database, request.texts("COLUMNS"));
    String path = path("Raw Recipient Data Export");
    long job =
        jobs.start(
            "Raw recipient data export",
            () -> {
              List<ContactEvent> wanted =
                  database.events().stream()
                      .filter(e -> types.contains(e.type()))
                      .filter(e -> !e.at().isBefore(from) && e.at().isBefore(to.plusSeconds(1)))
                      .toList();
              Buffer file = eventFile(wanted, columns);
              files.put(path + ".zip", DelimitedFile.zip("events.csv", file));
              return Map.of("NUM_PROCESSED", "" + wanted.size());
            });
    reply.success("TRUE").open("MAILING").tag("JOB_ID", job);
    reply.tag("FILE_PATH", path + ".zip").close("MAILING");
  }

  private Buffer eventFile(List<ContactEvent> events, List<String> columns) {
    DelimitedFile file = new DelimitedFile(DelimitedFile.Format.CSV);
    List<String> header = new ArrayList<>(List.of(EVENT_HEADER.split(",")));
    header.addAll(columns);
    file.row(header);
    events.forEach(event -> file.row(eventRow(event, columns)));
    return file.content();
  }

  private List<String> eventRow(ContactEvent event, List<String> columns) {
    List<String> row = new ArrayList<>(List.of("" + event.contact(), "Normal", "0", "0", ""));
    row.addAll(List.of(event.email(), event.type(), times.ofEvent(event.at())));
    row.addAll(List.of("0", "", "", "", "", "", "", ""));
    Contact contact = database.byId(event.contact());
    columns.forEach(c -> row.add(contact == null ? "" : ExportColumn.value(contact, c, times)));
    return row;
  }

  private static List<String> types(Request request) {
    List<String> types = new ArrayList<>();
    if (request.is("OPTOUTS") || request.is("ALL_EVENT_TYPES")) {
      types.add(ContactEvent.OPT_OUT);
    }
    if (request.is("OPTINS") || request.is("ALL_EVENT_TYPES")) {
      types.add(ContactEvent.OPT_IN);
    }
    return types;
  }
}
