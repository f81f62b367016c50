package io.nave.sandbox.acoustic;

import java.util.LinkedHashMap;
import java.util.Map;

/** The commands about one contact. */
final class ContactCommands {
  private static final int OPTED_IN = 2;
  private final Database database;
  private final LocalTimes times;

  ContactCommands(Database database, LocalTimes times) {
    this.database = database;
    this.times = times;
  }

  Map<String, Command> byName() {
    return Map.of(
        "AddRecipient", this::add,
        "UpdateRecipient", this::update,
        "SelectRecipientData", this::select,
        "OptOutRecipient", this::optOut,
        "DoubleOptInRecipient", this::doubleOptIn,
        "RemoveRecipient", this::remove);
  }

  private void add(Request request, Reply reply) {
    ListCommands.requireList(request);
    Map<String, String> columns = withSyncFields(request);
    Contact found = existing(request, columns);
    if (found == null) {
      found = database.add(createdFrom(request), columns);
    } else if (request.is("UPDATE_IF_FOUND")) {
      database.update(found, columns);
      optInAgain(request, found);
    } else {
      throw new Fault(Fault.ALREADY_EXISTS, "Unable to add recipient: it already exists");
    }
    answer(found, reply);
  }

  /** A contact who left and signs up again is opted in, unless the caller asks to honour it. */
  private void optInAgain(Request request, Contact contact) {
    if (createdFrom(request) == OPTED_IN && !request.is("HONOR_OPTOUT_STATUS")) {
      database.optIn(contact, "API");
    }
  }

  private void update(Request request, Reply reply) {
    ListCommands.requireList(request);
    Contact contact = identified(request, "OLD_EMAIL");
    database.update(contact, request.pairs("COLUMN"));
    answer(contact, reply);
  }

  private void select(Request request, Reply reply) {
    ListCommands.requireList(request);
    Contact contact = identified(request, StandardColumns.EMAIL);
    reply.success("TRUE");
    reply.tag("EMAIL", contact.email).tag("Email", contact.email);
    reply.tag("RecipientId", contact.id).tag("EmailType", 0);
    reply.tag("LastModified", times.ofRecord(contact.lastModified));
    reply.tag("CreatedFrom", contact.createdFrom);
    reply.tag("OptedIn", times.ofRecord(contact.optedIn));
    reply.tag("OptedOut", times.ofRecord(contact.optedOut)).tag("ResumeSendDate", "");
    reply.tag("ORGANIZATION_ID", Sessions.ORGANISATION).tag("CRMLeadSource", "");
    if (request.is("RETURN_CONTACT_LISTS")) {
      reply.tag("CONTACT_LISTS", "");
    }
    reply.open("COLUMNS");
    database.columns().forEach(name -> reply.pair("COLUMN", name, contact.column(name)));
    reply.close("COLUMNS");
  }

  private void optOut(Request request, Reply reply) {
    ListCommands.requireList(request);
    database.optOut(identified(request, StandardColumns.EMAIL), "Opted out via API");
    reply.success("TRUE").tag("ORGANIZATION_ID", Sessions.ORGANISATION);
  }

  private void doubleOptIn(Request request, Reply reply) {
    ListCommands.requireList(request);
    Map<String, String> columns = request.pairs("COLUMN");
    Contact found = existing(request, columns);
    if (found == null) {
      found = database.add(OPTED_IN, columns);
    } else {
      database.update(found, columns);
      database.optIn(found, "Double opt-in");
    }
    reply.success("SUCCESS").tag("RecipientId", found.id);
  }

  private void remove(Request request, Reply reply) {
    ListCommands.requireList(request);
    database.remove(identified(request, StandardColumns.EMAIL));
    reply.success("TRUE").tag("ORGANIZATION_ID", Sessions.ORGANISATION);
  }

  private static void answer(Contact contact, Reply reply) {
    reply.success("TRUE").tag("RecipientId", contact.id);
    reply.tag("ORGANIZATION_ID", Sessions.ORGANISATION);
  }

  private static int createdFrom(Request request) {
    String text = request.text("CREATED_FROM");
    return text.matches("[0-6]") ? Integer.parseInt(text) : 1;
  }

  private static Map<String, String> withSyncFields(Request request) {
    Map<String, String> columns = new LinkedHashMap<>(request.pairs("SYNC_FIELDS", "SYNC_FIELD"));
    columns.putAll(request.pairs("COLUMN"));
    return columns;
  }

  /** First by the sync fields, then by the database's key. */
  private Contact existing(Request request, Map<String, String> columns) {
    Map<String, String> sync = request.pairs("SYNC_FIELDS", "SYNC_FIELD");
    Contact found = sync.isEmpty() ? null : database.byColumns(sync);
    return found != null
        ? found
        : columns.entrySet().stream()
            .filter(e -> e.getKey().equalsIgnoreCase(StandardColumns.EMAIL))
            .findFirst()
            .map(e -> database.byEmail(e.getValue()))
            .orElse(null);
  }

  /** The contact that the request names by id, e-mail, sync fields or key columns. */
  private Contact identified(Request request, String emailParameter) {
    Contact contact = lookUp(request, emailParameter);
    if (contact == null) {
      throw new Fault(Fault.NOT_A_MEMBER, "Recipient is not a member of the list.");
    }
    return contact;
  }

  private Contact lookUp(Request request, String emailParameter) {
    if (request.has("RECIPIENT_ID")) {
      return database.byId(recipientId(request));
    }
    if (request.has(emailParameter)) {
      return database.byEmail(request.text(emailParameter));
    }
    Map<String, String> sync = request.pairs("SYNC_FIELDS", "SYNC_FIELD");
    Map<String, String> keys = sync.isEmpty() ? request.pairs("COLUMN") : sync;
    if (keys.isEmpty()) {
      throw new Fault(Fault.NO_EMAIL, "The recipient's EMAIL or another key is required");
    }
    return database.byColumns(keys);
  }

  private static long recipientId(Request request) {
    try {
      return Long.parseLong(request.text("RECIPIENT_ID"));
    } catch (NumberFormatException e) {
      throw new Fault(Fault.INVALID_RECIPIENT, "Invalid recipient id (expected: a number)");
    }
  }
}
