package io.nave.sandbox.s4hana;

import io.nave.sandbox.RecordTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The partners as rows: the header with its standard address, first e-mail and first phones. */
final class PartnerTable implements RecordTable {
  private static final String ADDRESSES = "to_BusinessPartnerAddress";
  private static final List<String> HEADER =
      List.of(
          "FirstName",
          "LastName",
          "OrganizationBPName1",
          "CorrespondenceLanguage",
          "BusinessPartnerIsBlocked",
          "IsMarkedForArchiving");
  private static final List<String> ADDRESS =
      List.of("StreetName", "HouseNumber", "PostalCode", "CityName", "Country");
  private static final Map<String, String> NAVIGATIONS =
      Map.of(
          "EmailAddress", "to_EmailAddress",
          "PhoneNumber", "to_PhoneNumber",
          "MobilePhoneNumber", "to_MobilePhoneNumber");

  private final Partners partners;

  PartnerTable(Partners partners) {
    this.partners = partners;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("BusinessPartner", "Business partner", false),
        new Field("BusinessPartnerCategory", "Category (1 person, 2 organisation)", false),
        new Field("FirstName", "First name", true),
        new Field("LastName", "Last name", true),
        new Field("OrganizationBPName1", "Organisation", true),
        new Field("EmailAddress", "E-mail", true),
        new Field("PhoneNumber", "Telephone", true),
        new Field("MobilePhoneNumber", "Mobile", true),
        new Field("StreetName", "Street", true),
        new Field("HouseNumber", "House number", true),
        new Field("PostalCode", "Postal code", true),
        new Field("CityName", "City", true),
        new Field("Country", "Country", true),
        new Field("Addresses", "All addresses", false),
        new Field("CorrespondenceLanguage", "Language", true),
        new Field("BusinessPartnerIsBlocked", "Blocked", true),
        new Field("IsMarkedForArchiving", "Marked for archiving", true),
        new Field("LastChangeDate", "Last changed", false));
  }

  @Override
  public int count() {
    return partners.all(PartnerModel.PARTNER).size();
  }

  @Override
  public List<Row> rows(String query, int offset, int limit) {
    String wanted = query == null ? "" : query.toLowerCase(Locale.ROOT).trim();
    return partners.all(PartnerModel.PARTNER).descendingMap().values().stream()
        .map(this::row)
        .filter(row -> matches(row, wanted))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  private static boolean matches(Row row, String wanted) {
    return wanted.isEmpty()
        || row.values().values().stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
  }

  @Override
  public Optional<Row> row(String id) {
    return Optional.ofNullable(partners.find(PartnerModel.PARTNER, Partners.partnerKey(id)))
        .map(this::row);
  }

  @Override
  public String add(Map<String, String> values) {
    Map<String, Object> header = new LinkedHashMap<>();
    boolean organisation = !values.getOrDefault("OrganizationBPName1", "").isBlank();
    header.put("BusinessPartnerCategory", organisation ? "2" : "1");
    Map<String, Object> address = pick(ADDRESS, values);
    countryOf(address);
    NAVIGATIONS.forEach(
        (field, navigation) -> {
          if (!values.getOrDefault(field, "").isBlank()) {
            address.put(navigation, List.of(Map.of(property(field), values.get(field))));
          }
        });
    header.putAll(pick(HEADER, values));
    header.put(ADDRESSES, List.of(address));
    String[] id = new String[1];
    work(
        change ->
            id[0] =
                partners
                    .create(change, PartnerModel.PARTNER, null, null, header)
                    .text("BusinessPartner"));
    return id[0];
  }

  @Override
  public void edit(String id, Map<String, String> values) {
    work(change -> edit(change, partner(id), values));
  }

  private void edit(Change change, Entity partner, Map<String, String> values) {
    update(change, partner, pick(HEADER, values));
    Map<String, Object> address = pick(ADDRESS, values);
    List<Entity> addresses = partner.children(ADDRESSES);
    if (addresses.isEmpty() && !values.isEmpty()) {
      countryOf(address);
      EntityType.Navigation by = PartnerModel.PARTNER.navigations.get(ADDRESSES);
      partners.create(change, PartnerModel.ADDRESS, partner, by, address);
    } else {
      update(change, addresses.get(0), address);
    }
    Entity standard = partner.children(ADDRESSES).get(0);
    NAVIGATIONS.keySet().stream()
        .filter(values::containsKey)
        .forEach(field -> communicate(change, standard, field, values.get(field)));
  }

  /** Passes over what stays as it is, so that only real changes become events. */
  private void update(Change change, Entity entity, Map<String, Object> values) {
    values.entrySet().removeIf(e -> shown(entity.get(e.getKey())).equals(shown(e.getValue())));
    if (!values.isEmpty()) {
      partners.update(change, entity, values, false);
    }
  }

  private void communicate(Change change, Entity address, String field, String value) {
    String navigation = NAVIGATIONS.get(field);
    Optional<Entity> present = preferred(address, navigation);
    if (present.isPresent() && value.isBlank()) {
      partners.delete(change, present.get());
    } else if (present.isPresent()) {
      update(change, present.get(), new LinkedHashMap<>(Map.of(property(field), value)));
    } else if (!value.isBlank()) {
      EntityType.Navigation by = address.type.navigations.get(navigation);
      EntityType type = PartnerModel.SETS.get(by.target());
      partners.create(change, type, address, by, Map.of(property(field), value));
    }
  }

  /** Partners are never deleted; the screens offer a mark for archiving. */
  @Override
  public void delete(String id) {
    work(
        change ->
            partners.update(change, partner(id), Map.of("IsMarkedForArchiving", true), false));
  }

  @Override
  public boolean unsubscribe(String id) {
    return false;
  }

  private void work(Consumer<Change> steps) {
    Change change = partners.change();
    try {
      steps.accept(change);
      change.commit();
    } catch (ODataFailure e) {
      change.rollback();
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Entity partner(String id) {
    Entity found = partners.find(PartnerModel.PARTNER, Partners.partnerKey(id));
    if (found == null) {
      throw new IllegalArgumentException(
          "business partner: " + id + " (expected: one that exists)");
    }
    return found;
  }

  private Row row(Entity partner) {
    Map<String, String> values = new LinkedHashMap<>();
    HEADER.forEach(name -> values.put(name, partner.text(name)));
    for (String name : List.of("BusinessPartner", "BusinessPartnerCategory", "LastChangeDate")) {
      values.put(name, partner.text(name));
    }
    for (Entity address : partner.children(ADDRESSES).stream().limit(1).toList()) {
      ADDRESS.forEach(name -> values.put(name, address.text(name)));
      NAVIGATIONS.forEach(
          (field, navigation) ->
              preferred(address, navigation)
                  .ifPresent(child -> values.put(field, child.text(property(field)))));
    }
    values.put(
        "Addresses",
        partner.children(ADDRESSES).stream()
            .map(PartnerTable::inShort)
            .collect(Collectors.joining("; ")));
    values.values().removeIf(String::isEmpty);
    return new Row(partner.text("BusinessPartner"), values);
  }

  /** The default among several, as the screens show it. */
  private static Optional<Entity> preferred(Entity address, String navigation) {
    List<Entity> all = address.children(navigation);
    String flag =
        navigation.equals("to_EmailAddress") ? "IsDefaultEmailAddress" : "IsDefaultPhoneNumber";
    return all.stream()
        .filter(child -> child.text(flag).equals("true"))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static String inShort(Entity address) {
    return "%s %s, %s %s"
        .formatted(
            address.text("HouseNumber"),
            address.text("StreetName"),
            address.text("PostalCode"),
            address.text("CityName"));
  }

  private static Map<String, Object> pick(List<String> names, Map<String, String> values) {
    Map<String, Object> picked = new LinkedHashMap<>();
    names.stream()
        .filter(values::containsKey)
        .forEach(name -> picked.put(name, typed(name, values.get(name))));
    return picked;
  }

  /** The screens propose the user's country. */
  private static void countryOf(Map<String, Object> address) {
    if ("".equals(address.getOrDefault("Country", ""))) {
      address.put("Country", "GB");
    }
  }

  private static Object typed(String name, String value) {
    boolean flag = name.startsWith("Is") || name.endsWith("IsBlocked");
    return flag ? (Object) Boolean.valueOf(value) : value;
  }

  private static String shown(Object value) {
    return value == null || value.equals(false) ? "" : value.toString();
  }

  private static String property(String field) {
    return field.equals("EmailAddress") ? field : "PhoneNumber";
  }
}
