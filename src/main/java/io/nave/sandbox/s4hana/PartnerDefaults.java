package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Navigation;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the system fills in and checks by itself when partners are written. */
final class PartnerDefaults {
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Map<String, String> CALLING =
      Map.of(
          "GB", "44", "DE", "49", "US", "1", "CA", "1", "FR", "33", "ES", "34", "IT", "39", "NL",
          "31", "AT", "43", "CH", "41");

  private final Partners partners;

  PartnerDefaults(Partners partners) {
    this.partners = partners;
  }

  /** Keys, stamps and computed fields of a new entity. */
  void complete(Entity entity, Navigation by) {
    switch (entity.type.set) {
      case "A_BusinessPartner" -> partner(entity);
      case "A_BusinessPartnerAddress" -> address(entity);
      case "A_AddressEmailAddress" -> email(entity);
      case "A_AddressPhoneNumber" -> phone(entity, by);
      default -> below(entity);
    }
  }

  /** What depends on the nested entities: the first address is the standard one. */
  void completeWithChildren(Change change, Entity entity) {
    if (entity.type == PartnerModel.ADDRESS
        && entity.parent.children("to_BusinessPartnerAddress").size() == 1
        && entity.children("to_AddressUsage").isEmpty()) {
      Navigation usage = PartnerModel.ADDRESS.navigations.get("to_AddressUsage");
      partners.create(
          change, PartnerModel.USAGE, entity, usage, Map.of("AddressUsage", "XXDEFAULT"));
    }
    single(change, entity);
  }

  /** Computed fields after a change. */
  void recompute(Change change, Entity entity) {
    switch (entity.type.set) {
      case "A_BusinessPartner" -> names(entity);
      case "A_BusinessPartnerAddress" -> checkAddress(entity);
      case "A_AddressEmailAddress" -> checkEmail(entity);
      case "A_AddressPhoneNumber" -> international(entity);
      default -> {
        // identifications, roles and usages have nothing computed
      }
    }
    single(change, entity);
  }

  void refuseDeletion(Entity entity) {
    if (!entity.type.deletable) {
      throw ODataFailure.notAllowed("DELETE", entity.type.set);
    }
    boolean standard =
        entity.type == PartnerModel.ADDRESS
            && entity.children("to_AddressUsage").stream()
                .anyMatch(usage -> usage.text("AddressUsage").equals("XXDEFAULT"));
    if (standard && entity.parent.children("to_BusinessPartnerAddress").size() > 1) {
      throw ODataFailure.badRequest("R1/422", "The standard address cannot be deleted");
    }
  }

  private void partner(Entity partner) {
    if (partner.get("BusinessPartner") == null || partner.text("BusinessPartner").isEmpty()) {
      partner.set("BusinessPartner", partners.nextNumber());
    }
    orElse(partner, "BusinessPartnerGrouping", "BP02");
    orElse(partner, "BusinessPartnerUUID", partners.uuid());
    partner.set("CreatedByUser", Partners.USER);
    partner.set("CreationDate", partners.now().truncatedTo(ChronoUnit.DAYS));
    partner.set("CreationTime", LocalTime.from(partners.timeOfDay()));
    boolean person = category(partner).equals("1");
    if (person) {
      partner.set("IsNaturalPerson", "X");
      partner.set("PersonNumber", partners.nextAddress());
    }
    names(partner);
  }

  private static String category(Entity partner) {
    String category = partner.text("BusinessPartnerCategory");
    if (!Set.of("1", "2", "3").contains(category)) {
      throw ODataFailure.badRequest(
          "R1/233", "Business partner category '" + category + "' does not exist");
    }
    return category;
  }

  private static void names(Entity partner) {
    String name =
        switch (partner.text("BusinessPartnerCategory")) {
          case "1" -> joined(partner, "FirstName", "MiddleName", "LastName");
          case "2" -> joined(partner, "OrganizationBPName1", "OrganizationBPName2");
          default -> joined(partner, "GroupBusinessPartnerName1", "GroupBusinessPartnerName2");
        };
    required(partner);
    partner.set("BusinessPartnerFullName", cut(name, 81));
    partner.set("BusinessPartnerName", cut(name, 81));
    boolean person = partner.text("BusinessPartnerCategory").equals("1");
    partner.set("PersonFullName", person ? cut(name, 80) : null);
  }

  private static void required(Entity partner) {
    String needed =
        switch (partner.text("BusinessPartnerCategory")) {
          case "1" -> "LastName";
          case "2" -> "OrganizationBPName1";
          default -> "GroupBusinessPartnerName1";
        };
    if (partner.text(needed).isBlank()) {
      throw ODataFailure.badRequest("R1/005", "Enter a value for " + needed);
    }
  }

  private void address(Entity address) {
    belongsTo(address, "BusinessPartner");
    orElse(address, "AddressID", partners.nextAddress());
    orElse(address, "AddressUUID", partners.uuid());
    orElse(address, "ValidityStartDate", partners.now().toInstant(java.time.ZoneOffset.UTC));
    orElse(address, "ValidityEndDate", END);
    address.set("Person", address.root().get("PersonNumber"));
    checkAddress(address);
  }

  private static void checkAddress(Entity address) {
    String country = address.text("Country");
    if (!COUNTRIES.contains(country)) {
      throw ODataFailure.badRequest(
          "AM/101", "Country " + country + " is not defined; check your entry");
    }
  }

  private static void email(Entity email) {
    communication(email);
    Entity address = email.parent;
    email.set("OrdinalNumber", next(address, "to_EmailAddress"));
    if (address.children("to_EmailAddress").isEmpty()) {
      email.set("IsDefaultEmailAddress", true);
    }
    checkEmail(email);
  }

  private static void checkEmail(Entity email) {
    String value = email.text("EmailAddress");
    if (!value.matches("[^\\s@]+@[^\\s@]+")) {
      throw ODataFailure.badRequest("AM/835", "E-mail address is not valid");
    }
    email.set("SearchEmailAddress", cut(value.toUpperCase(Locale.ROOT), 20));
  }

  private static void phone(Entity phone, Navigation by) {
    communication(phone);
    phone.set("OrdinalNumber", next(phone.parent, "to_PhoneNumber", "to_MobilePhoneNumber"));
    orElse(phone, "PhoneNumberType", by.kind());
    if (phone.parent.children(by.name()).isEmpty()) {
      phone.set("IsDefaultPhoneNumber", true);
    }
    orElse(phone, "DestinationLocationCountry", phone.parent.get("Country"));
    international(phone);
  }

  private static void international(Entity phone) {
    String number = phone.text("PhoneNumber") + phone.text("PhoneNumberExtension");
    String digits = number.replaceAll("[^0-9]", "");
    if (digits.isEmpty()) {
      throw ODataFailure.badRequest("AM/845", "Enter a telephone number");
    }
    String calling = CALLING.get(phone.text("DestinationLocationCountry"));
    boolean complete = number.trim().startsWith("+") || calling == null;
    String full = complete ? "+" + digits : "+" + calling + digits.replaceFirst("^0", "");
    phone.set("InternationalPhoneNumber", cut(full, 30));
  }

  private static void communication(Entity entity) {
    belongsTo(entity, "AddressID");
    entity.set("Person", entity.parent.text("Person"));
  }

  private static void below(Entity entity) {
    belongsTo(entity, "BusinessPartner");
    if (entity.type == PartnerModel.USAGE) {
      belongsTo(entity, "AddressID");
      orElse(entity, "ValidityEndDate", END);
    }
  }

  private static void belongsTo(Entity entity, String key) {
    entity.set(key, entity.parent.get(key));
  }

  /** Only one e-mail and one number of a kind is the default. */
  private void single(Change change, Entity entity) {
    String flag =
        entity.type == PartnerModel.EMAIL
            ? "IsDefaultEmailAddress"
            : entity.type == PartnerModel.PHONE ? "IsDefaultPhoneNumber" : null;
    if (flag == null || !Boolean.TRUE.equals(entity.get(flag))) {
      return;
    }
    entity.parent.type.navigations.keySet().stream()
        .map(entity.parent::children)
        .filter(list -> list.contains(entity))
        .flatMap(java.util.List::stream)
        .filter(other -> other != entity && Boolean.TRUE.equals(other.get(flag)))
        .forEach(other -> partners.quietly(change, other, flag, false));
  }

  private static String next(Entity address, String... navigations) {
    int last =
        Stream.of(navigations)
            .flatMap(name -> address.children(name).stream())
            .mapToInt(child -> Integer.parseInt(child.text("OrdinalNumber")))
            .max()
            .orElse(0);
    return Integer.toString(last + 1);
  }

  private static void orElse(Entity entity, String property, Object value) {
    if (entity.get(property) == null) {
      entity.set(property, value);
    }
  }

  private static String joined(Entity partner, String... properties) {
    return Stream.of(properties)
        .map(partner::text)
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }
}
