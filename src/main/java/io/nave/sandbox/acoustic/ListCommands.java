package io.nave.sandbox.acoustic;

import java.time.Instant;
import java.util.Map;

/** The commands about the database as a whole. */
final class ListCommands {
  private static final String NAME = "Nave customers";
  private final Database database;
  private final LocalTimes times;

  ListCommands(Database database, LocalTimes times) {
    this.database = database;
    this.times = times;
  }

  Map<String, Command> byName() {
    return Map.of(
        "GetLists", this::lists,
        "GetListMetaData", this::metaData,
        "AddListColumn", this::addColumn);
  }

  /**
   * @throws Fault 52 or 106 where the request does not name the one database
   */
  static void requireList(Request request) {
    if (!request.required("LIST_ID").equals(String.valueOf(Database.LIST_ID))) {
      throw new Fault(Fault.INVALID_LIST, "List ID is not valid");
    }
  }

  private void lists(Request request, Reply reply) {
    request.required("VISIBILITY");
    String type = request.required("LIST_TYPE");
    reply.success("TRUE");
    if (type.equals("0") || type.equals("2")) {
      reply.open("LIST");
      describe(reply);
      reply.tag("PARENT_NAME", "").tag("USER_ID", Sessions.ORGANISATION);
      reply.tag("PARENT_FOLDER_ID", 1).tag("IS_FOLDER", false);
      reply.tag("FLAGGED_FOR_BACKUP", false).tag("SUPPRESSION_LIST_ID", 0).close("LIST");
    }
  }

  private void metaData(Request request, Reply reply) {
    requireList(request);
    describe(reply.success("TRUE"));
    reply.tag("LAST_CONFIGURED", times.ofList(database.created));
    reply.tag("CREATED", times.ofList(database.created));
    reply.tag("USER_ID", Sessions.ORGANISATION).tag("ORGANIZATION_ID", Sessions.ORGANISATION);
    reply.tag("OPT_IN_FORM_DEFINED", false).tag("OPT_OUT_FORM_DEFINED", true);
    reply.tag("PROFILE_FORM_DEFINED", false).tag("OPT_IN_AUTOREPLY_DEFINED", false);
    reply.tag("PROFILE_AUTOREPLY_DEFINED", false).open("COLUMNS");
    for (String name : new String[] {"LIST_ID", "MAILING_ID", "RECIPIENT_ID", "EMAIL"}) {
      reply.open("COLUMN").tag("NAME", name).close("COLUMN");
    }
    database
        .columns()
        .forEach(
            name ->
                reply
                    .open("COLUMN")
                    .tag("NAME", name)
                    .tag("DEFAULT_VALUE", "")
                    .tag("TYPE", 0)
                    .close("COLUMN"));
    reply.close("COLUMNS").open("KEY_COLUMNS").open("COLUMN").tag("NAME", "Email");
    reply.close("COLUMN").close("KEY_COLUMNS");
  }

  private void addColumn(Request request, Reply reply) {
    requireList(request);
    database.addColumn(request.required("COLUMN_NAME"));
    reply.success("TRUE");
  }

  private void describe(Reply reply) {
    long optOuts = database.newestFirst().filter(Contact::isOptedOut).count();
    reply.tag("ID", Database.LIST_ID).tag("NAME", NAME).tag("TYPE", 0);
    reply.tag("SIZE", database.size()).tag("NUM_OPT_OUTS", optOuts);
    reply.tag("NUM_UNDELIVERABLE", 0);
    reply.tag("LAST_MODIFIED", times.ofList(lastModified())).tag("VISIBILITY", 1);
  }

  private Instant lastModified() {
    return database
        .newestFirst()
        .map(c -> c.lastModified)
        .reduce(database.created, ListCommands::later);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
