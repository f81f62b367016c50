package io.nave.connectors.acoustic;

import io.nave.connectors.Changes;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bean {@code acousticContacts} of the sink Kamelet. It never opts anyone in whose opt-out the
 * hub has not seen.
 */
@ApplicationScoped
@Named("acousticContacts")
public class AcousticContacts {
  private static final String CUSTOMER_ID = "Customer Id";
  private static final String OPTED_OUT = "Opted Out";
  private static final String CONSENT = "CONSENT_EMAIL";
  private static final String CONSENT_DATE = "CONSENT_EMAIL_DATE";
  private static final String OPTING_OUT = "opting-out";
  private static final String EXISTS = "122";
  private static final Set<String> GONE = Set.of("123", "124", "128");

  private final AcousticApi api;

  public AcousticContacts(AcousticApi api) {
    this.api = api;
  }

  /**
   * Adds the contact; takes over one that has the address already, unless it is another customer's.
   *
   * @param parcel what the hub hands to a sink
   * @return what a sink leaves: the record's id
   */
  public Map<String, Object> create(String spoke, Map<String, Object> parcel) {
    Map<String, Object> record = map(parcel, "record");
    Map<String, Object> columns = columns(record, parcel);
    try {
      return Changes.written(
          isOptedOut(record) ? addOptedOut(spoke, columns) : add(spoke, columns));
    } catch (VendorError e) {
      if (!EXISTS.equals(e.code())) {
        throw e;
      }
      return takeOver(spoke, parcel, record, columns);
    }
  }

  /**
   * Sends the columns that differ, and the consent where it differs: a stop before all else. Until
   * the contact has all of it, a mark says that the hub is opting it out.
   */
  public Map<String, Object> update(String spoke, Map<String, Object> parcel) {
    String id = (String) parcel.get("recordId");
    Map<String, Object> record = map(parcel, "record");
    Map<String, Object> changes = Changes.between(map(parcel, "before"), record);
    Map<String, Object> columns = columns(changes, parcel);
    boolean isStopped = isOptedOut(record) && changes.containsKey(CONSENT);
    boolean consentChanged = changes.containsKey(OPTED_OUT) || isStopped;
    if (consentChanged || changes.containsKey(CONSENT) || changes.containsKey(CONSENT_DATE)) {
      columns.put(CONSENT, record.get(CONSENT));
      columns.put(CONSENT_DATE, record.get(CONSENT_DATE));
    }
    if (consentChanged && !isOptedOut(record)) {
      columns.put("OPT_OUT", "False");
    }
    if (consentChanged && isOptedOut(record)) {
      update(spoke, id, Map.of(CONSENT, OPTING_OUT));
      optOut(spoke, email(spoke, id));
    }
    return Changes.written(id, update(spoke, id, columns));
  }

  /** The contact as it is now, in the shape of the export. */
  public Map<String, Object> read(String spoke, Map<String, Object> parcel) {
    try {
      Answer found =
          api.call(
              spoke,
              command("SelectRecipientData", spoke).with("RECIPIENT_ID", parcel.get("recordId")));
      Map<String, Object> record = new LinkedHashMap<>();
      found.columns().forEach((name, value) -> keep(record, name, value));
      record.put("Email", found.required("SelectRecipientData", "EMAIL"));
      record.put(OPTED_OUT, found.text("OptedOut").isEmpty() ? "F" : "T");
      return Changes.found(record);
    } catch (VendorError e) {
      if (!GONE.contains(e.code())) {
        throw e;
      }
      return Changes.found(null);
    }
  }

  /** Sends a message to one person, through the group of automated messages of the settings. */
  public Map<String, Object> message(String spoke, Map<String, Object> parcel) {
    try {
      String group = api.group(spoke);
      String id = (String) parcel.get("id");
      api.submit(spoke, Mailing.of(group, id, (String) parcel.get("email"), texts(parcel)));
    } catch (IllegalArgumentException missing) {
      throw new VendorError("settings", missing.getMessage(), missing);
    }
    return Map.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(Map<String, Object> parcel) {
    Map<String, String> texts = new LinkedHashMap<>((Map<String, String>) parcel.get("texts"));
    texts.put("language", (String) parcel.get("language"));
    return texts;
  }

  private static void keep(Map<String, Object> record, String column, String value) {
    if (!value.isEmpty()) {
      record.put(column, value);
    }
  }

  /** Removes the contact; one that is gone already is as good. */
  public Map<String, Object> delete(String spoke, Map<String, Object> parcel) {
    String id = (String) parcel.get("recordId");
    try {
      api.call(spoke, command("RemoveRecipient", spoke).with("EMAIL", email(spoke, id)));
    } catch (VendorError e) {
      if (!GONE.contains(e.code())) {
        throw e;
      }
    }
    return Changes.written(id);
  }

  /** The vendor adds contacts opted in; until ours is opted out, it bears a mark that says so. */
  private String addOptedOut(String spoke, Map<String, Object> columns) {
    Map<String, Object> marked = new LinkedHashMap<>(columns);
    marked.put(CONSENT, OPTING_OUT);
    String id = add(spoke, marked);
    optOut(spoke, columns.get("EMAIL").toString());
    update(spoke, id, Map.of(CONSENT, columns.get(CONSENT)));
    return id;
  }

  /** Without UPDATE_IF_FOUND, which could opt in a contact who left. */
  private String add(String spoke, Map<String, Object> columns) {
    XmlCommand add =
        command("AddRecipient", spoke)
            .with("CREATED_FROM", 1)
            .with("UPDATE_IF_FOUND", false)
            .columns(columns);
    return api.call(spoke, add).required("AddRecipient", "RecipientId");
  }

  private Map<String, Object> takeOver(
      String spoke,
      Map<String, Object> parcel,
      Map<String, Object> record,
      Map<String, Object> columns) {
    Answer found = holder(spoke, columns.get("EMAIL"));
    String holder = found.columns().getOrDefault(CUSTOMER_ID, "");
    if (!holder.isEmpty() && !holder.equals(parcel.get("customerId"))) {
      return Map.of("notHeld", "the e-mail address belongs to another customer's contact");
    }
    boolean left = !found.text("OptedOut").isEmpty();
    boolean unknown = holder.isEmpty() && "none".equals(record.get(CONSENT));
    decide(columns, record, left, unknown, found.columns().get(CONSENT));
    if (!left && !unknown && isOptedOut(record)) {
      optOut(spoke, found.text("EMAIL"));
    }
    String id = found.required("SelectRecipientData", "RecipientId");
    update(spoke, id, columns);
    return Changes.written(id);
  }

  /** The contact that was just said to have the address. */
  private Answer holder(String spoke, Object email) {
    try {
      return api.call(spoke, command("SelectRecipientData", spoke).with("EMAIL", email));
    } catch (VendorError e) {
      throw GONE.contains(e.code())
          ? new VendorError("moved", "the contact that had the address has it no more", e)
          : e;
    }
  }

  /** What a contact decided in Acoustic stays and is reported; our own mark is undone. */
  private static void decide(
      Map<String, Object> columns,
      Map<String, Object> record,
      boolean left,
      boolean unknown,
      String held) {
    boolean marked = OPTING_OUT.equals(held);
    if (left && !marked || unknown) {
      columns.remove(CONSENT);
      columns.remove(CONSENT_DATE);
    } else if (marked && !isOptedOut(record)) {
      columns.put("OPT_OUT", "False");
    }
  }

  /**
   * The address is the key: where another contact has the new one, this contact keeps its own.
   *
   * @return what it keeps
   */
  private List<String> update(String spoke, String id, Map<String, Object> columns) {
    try {
      api.call(spoke, command("UpdateRecipient", spoke).with("RECIPIENT_ID", id).columns(columns));
      return List.of();
    } catch (VendorError e) {
      if (!EXISTS.equals(e.code()) || !columns.containsKey("EMAIL")) {
        throw e;
      }
      Map<String, Object> others = new LinkedHashMap<>(columns);
      others.remove("EMAIL");
      api.call(spoke, command("UpdateRecipient", spoke).with("RECIPIENT_ID", id).columns(others));
      return List.of("/Email");
    }
  }

  private void optOut(String spoke, String email) {
    api.call(spoke, command("OptOutRecipient", spoke).with("EMAIL", email));
  }

  /** The address as the vendor has it now: it is the key of some commands. */
  private String email(String spoke, String id) {
    Answer found = api.call(spoke, command("SelectRecipientData", spoke).with("RECIPIENT_ID", id));
    return found.required("SelectRecipientData", "EMAIL");
  }

  private XmlCommand command(String name, String spoke) {
    return new XmlCommand(name).with("LIST_ID", api.list(spoke));
  }

  private static Map<String, Object> columns(
      Map<String, Object> record, Map<String, Object> parcel) {
    Map<String, Object> columns = new LinkedHashMap<>();
    record.forEach((name, value) -> columns.put(name.equals("Email") ? "EMAIL" : name, value));
    columns.remove(OPTED_OUT);
    columns.put(CUSTOMER_ID, parcel.get("customerId"));
    return columns;
  }

  private static boolean isOptedOut(Map<String, Object> record) {
    return "T".equals(record.get(OPTED_OUT));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> parcel, String key) {
    return (Map<String, Object>) parcel.get(key);
  }
}
