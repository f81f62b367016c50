package io.nave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The usual names of columns: for each part of the canonical customer, the likeliest first. */
final class ColumnNames {
  private static final Pattern PREFIX =
      Pattern.compile("^(primary|customer|contact|person|client|billing|home|main|addr)_");
  private static final Pattern WORDS_THAT_SAY_NOTHING =
      Pattern.compile(
          "(^|_)(id|ids|key|name|names|surname|date|time|at|on|type|status|source|code|number|no|nr"
              + "|amount|price|count|score|flag|url|link|version|row|cluster|label|truth|comment"
              + "|comments|note|notes|description|fax|title|format|script|category|column)(_|[0-9]|$)");
  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  static {
    put("recordId", "record_id rec_id id unique_id customer_id person_id client_id row_id uid key");
    put("type", "record_type entity_type party_type customer_type type kind");
    put("name.prefix", "name_prefix prefix salutation");
    put(
        "name.given",
        "given_name first_name given_names forename forenames name_first first"
            + " given fname christian_name vorname prenom");
    put("name.middle", "middle_name middle_names name_middle middle second_name middle_initial");
    put("name.family", "family_name last_name surname name_last last lname sname nachname nom");
    put("name.suffix", "name_suffix suffix generation");
    put("name.full", "full_name name_full whole_name name display_name native_name_full");
    put(
        "organisation",
        "organisation_name organization_name org_name name_org company_name"
            + " company business_name site_name legal_name account_name organisation organization"
            + " trading_name firm");
    put("birthDate", "date_of_birth birth_date dob birthdate birthday dateofbirth born birth_day");
    put("gender", "gender sex");
    put("language", "language preferred_language locale");
    put(
        "emails",
        "email email_address e_mail mail email1 email_1 email2 email_2 emailaddress"
            + " work_email home_email private_email e_mail_address");
    put(
        "phones",
        "phone phone_number mobile mobile_phone mobile_number telephone tel cell"
            + " cell_phone phone1 phone_1 phone2 phone_2 home_phone work_phone telephone_number"
            + " contact_number");
    put("domains", "website web domain homepage web_site site_url");
    put("addresses.number", "street_number house_number street_no house_no building_number");
    put(
        "addresses.lines",
        "address_1 address_line_1 address_line1 line1 address1 addr_line1"
            + " full street street_address street_name address full_address address_full addr"
            + " postal_address address_2 address_line_2 address_line2 line2 address2");
    put("addresses.city", "city town suburb locality place municipality post_town ort");
    put("addresses.region", "state region county province state_code");
    put(
        "addresses.postalCode",
        "postcode postal_code zip zip_code zipcode post_code plz" + " postcode_fake postal");
    put("addresses.country", "country country_code nation");
    put(
        "identifiers.ssn",
        "ssn soc_sec_id social_security_number ssn_number soc_sec social_security");
    put(
        "identifiers.national-id",
        "national_id national_id_number nin nino national_insurance_number" + " citizen_id");
    put("identifiers.passport", "passport passport_number passport_no");
    put(
        "identifiers.driver-licence",
        "driver_licence drivers_license drivers_license_number"
            + " driving_licence driver_license driving_licence_number");
    put("identifiers.tax", "tax_id tax_id_number tax_number tin vat vat_number vat_id ein gstin");
    put("identifiers.lei", "lei lei_number");
    put("identifiers.duns", "duns duns_number");
    put("identifiers.nhs", "nhs_number nhs");
    put("identifiers.company-number", "company_number registration_number company_no");
    put(
        "identifiers.loyalty",
        "loyalty_card loyalty_number loyalty_id card_number membership_number");
    put("employer", "employer employer_name works_for");
  }

  private ColumnNames() {}

  private static void put(String target, String names) {
    NAMES.put(target, List.of(names.split(" ")));
  }

  /** The parts of the customer that are identifiers. */
  static List<String> identifiers() {
    return NAMES.keySet().stream().filter(t -> t.startsWith("identifiers.")).toList();
  }

  /** The columns that hold this part, the likeliest first. */
  static List<String> find(String target, List<String> columns) {
    var found = new ArrayList<String>();
    for (var name : NAMES.get(target)) {
      for (var column : columns) {
        var normal = normal(column);
        boolean same = normal.equals(name) || PREFIX.matcher(normal).replaceFirst("").equals(name);
        if (same && !found.contains(column)) {
          found.add(column);
        }
      }
    }
    return found;
  }

  /** Lower case, words parted by underscores: {@code firstName} and {@code First Name} are one. */
  static String normal(String column) {
    return column
        .strip()
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_+|_+$", "");
  }

  /** Whether the name alone says that the column does not tell who somebody is. */
  static boolean saysNothing(String column) {
    var normal = normal(column);
    return !Set.of("birth_place", "place_of_birth").contains(normal)
        && WORDS_THAT_SAY_NOTHING.matcher(normal).find();
  }
}
