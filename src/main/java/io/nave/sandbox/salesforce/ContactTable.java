package io.nave.sandbox.salesforce;

import io.nave.sandbox.RecordTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The contacts as rows; what is done here is done as by a user in Salesforce's screens. */
final class ContactTable implements RecordTable {
  private static final String[] SHOWN = {
    "Salutation",
    "FirstName",
    "LastName",
    "Email",
    "Phone",
    "MobilePhone",
    "Birthdate",
    "MailingStreet",
    "MailingPostalCode",
    "MailingCity",
    "MailingState",
    "MailingCountry",
    "AccountId",
    "Title",
    "Department",
    "HasOptedOutOfEmail",
    "DoNotCall",
    "Nave_Id__c",
    "LastModifiedDate"
  };
  private final Org org;
  private final ObjectType contact;

  ContactTable(Org org) {
    this.org = org;
    this.contact = org.schema.type("Contact");
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (String name : SHOWN) {
      io.nave.sandbox.salesforce.Field field = contact.field(name);
      fields.add(new Field(name, field.label(), field.writable()));
    }
    return fields;
  }

  @Override
  public int count() {
    return (int) org.rows(contact).stream().filter(row -> !row.deleted).count();
  }

  @Override
  public List<Row> rows(String query, int offset, int limit) {
    String wanted = query.toLowerCase(Locale.ROOT);
    List<SObject> found =
        new ArrayList<>(org.rows(contact).stream().filter(row -> shows(row, wanted)).toList());
    java.util.Collections.reverse(found);
    return found.stream().skip(offset).limit(limit).map(ContactTable::row).toList();
  }

  private static boolean shows(SObject row, String wanted) {
    if (row.deleted) {
      return false;
    }
    return wanted.isEmpty()
        || row.id.toLowerCase(Locale.ROOT).contains(wanted)
        || String.valueOf(row.get("Name")).toLowerCase(Locale.ROOT).contains(wanted)
        || row.values.values().stream()
            .anyMatch(v -> Json.text(v).toLowerCase(Locale.ROOT).contains(wanted));
  }

  private static Row row(SObject row) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : SHOWN) {
      String text = row.text(name);
      if (!text.isEmpty()) {
        values.put(name, text);
      }
    }
    return new Row(row.id, values);
  }

  @Override
  public String add(Map<String, String> values) {
    String[] id = new String[1];
    change(tx -> id[0] = org.create(contact, new LinkedHashMap<>(values), tx, true).id);
    return id[0];
  }

  @Override
  public void edit(String id, Map<String, String> values) {
    change(tx -> org.update(org.existing(contact, id), new LinkedHashMap<>(values), tx));
  }

  @Override
  public void delete(String id) {
    change(tx -> org.delete(org.existing(contact, id), tx));
  }

  @Override
  public boolean unsubscribe(String id) {
    edit(id, Map.of("HasOptedOutOfEmail", "true"));
    return true;
  }

  private void change(Consumer<Transaction> work) {
    Transaction transaction = new Transaction("com/salesforce/ui", org.userId);
    try {
      work.accept(transaction);
    } catch (ApiFailure refused) {
      transaction.rollBack();
      throw new IllegalArgumentException(refused.getMessage());
    }
    org.commit(transaction);
  }
}
