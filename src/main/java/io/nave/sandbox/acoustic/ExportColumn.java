package io.nave.sandbox.acoustic;

import java.util.ArrayList;
import java.util.List;

/** The columns of exports: those of the database and the system's own. */
final class ExportColumn {
  private static final List<String> SYSTEM =
      List.of(
          "RECIPIENT_ID",
          "Email",
          "Opt In Date",
          "Opted Out",
          "Opt In Details",
          "Email Type",
          "Opted Out Date",
          "Opt Out Details",
          "CRM Lead Source",
          "Last Modified Date");

  private ExportColumn() {}

  /**
   * The columns asked for, spelled as the vendor does; for none, e-mail and the database's columns.
   *
   * @throws Fault 314 for an unknown one
   */
  static List<String> known(Database database, List<String> asked) {
    if (asked.isEmpty()) {
      List<String> all = new ArrayList<>(List.of("RECIPIENT_ID", "Email"));
      all.addAll(database.columns());
      return all;
    }
    return asked.stream().map(name -> known(database, name)).toList();
  }

  private static String known(Database database, String name) {
    return SYSTEM.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> database.column(name));
  }

  static String value(Contact contact, String column, LocalTimes times) {
    return switch (column) {
      case "RECIPIENT_ID" -> String.valueOf(contact.id);
      case "Email" -> contact.email;
      case "Opt In Date" -> times.ofExport(contact.optedIn);
      case "Opted Out" -> contact.isOptedOut() ? "T" : "F";
      case "Opt In Details" -> contact.optInDetails;
      case "Email Type" -> "0";
      case "Opted Out Date" -> times.ofExport(contact.optedOut);
      case "Opt Out Details" -> contact.optOutDetails;
      case "CRM Lead Source" -> "";
      case "Last Modified Date" -> times.ofExport(contact.lastModified);
      default -> contact.column(column);
    };
  }
}
