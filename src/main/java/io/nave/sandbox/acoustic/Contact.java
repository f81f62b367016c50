package io.nave.sandbox.acoustic;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A contact of the database. Touched on the event loop only. */
final class Contact {
  final long id;
  final Instant created;
  final int createdFrom;
  final Map<String, String> columns = new LinkedHashMap<>();
  String email;
  Instant lastModified;
  Instant optedIn;
  Instant optedOut;
  String optInDetails = "";
  String optOutDetails = "";

  Contact(long id, String email, int createdFrom, Instant now) {
    this.id = id;
    this.email = email;
    this.createdFrom = createdFrom;
    this.created = now;
    this.lastModified = now;
    this.optedIn = now;
  }

  boolean isOptedOut() {
    return optedOut != null;
  }

  String column(String name) {
    return columns.getOrDefault(name, "");
  }
}
