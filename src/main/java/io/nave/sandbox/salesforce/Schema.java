package io.nave.sandbox.salesforce;

import io.nave.sandbox.salesforce.Field.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The org's object model: standard objects with their standard fields, and Nave's external id. */
final class Schema {
  private static final List<String> SALUTATIONS =
      List.of("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx.");
  private static final List<String> SOURCES =
      List.of("Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other");
  private static final List<String> INDUSTRIES =
      List.of("Agriculture", "Banking", "Energy", "Manufacturing", "Retail", "Other");
  private static final List<String> GENDERS = List.of("Male", "Female", "Nonbinary", "Not Listed");

  private final Map<String, ObjectType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Schema() {
    account();
    contact();
    lead();
    user();
    organization();
  }

  Collection<ObjectType> types() {
    return types.values();
  }

  /** The object type; refused with 404 where there is none. */
  ObjectType type(String name) {
    ObjectType type = types.get(name);
    if (type == null) {
      throw ApiFailure.notFound();
    }
    return type;
  }

  ObjectType find(String name) {
    return types.get(name);
  }

  private void account() {
    Fields f = new Fields(new ObjectType("Account", "Accounts", "001"));
    f.id().string("Name", 255, true).picklist("Type", List.of("Prospect", "Customer", "Partner"));
    f.reference("ParentId", "Account");
    f.address("Billing").address("Shipping");
    f.of(Kind.PHONE, 40, "Phone", "Fax").of(Kind.URL, 255, "Website");
    f.string("AccountNumber", 40, false).string("Site", 80, false).string("DunsNumber", 9, false);
    f.picklist("Industry", INDUSTRIES).of(Kind.DOUBLE, 0, "AnnualRevenue");
    f.of(Kind.INT, 0, "NumberOfEmployees").of(Kind.TEXTAREA, 32000, "Description");
    put(f.audit());
  }

  private void contact() {
    Fields f = new Fields(new ObjectType("Contact", "Contacts", "003"));
    f.id().reference("AccountId", "Account").person(SALUTATIONS);
    f.address("Mailing").address("Other");
    f.of(Kind.PHONE, 40, "Phone", "Fax", "MobilePhone", "HomePhone", "OtherPhone");
    f.of(Kind.PHONE, 40, "AssistantPhone").of(Kind.EMAIL, 80, "Email");
    f.string("Title", 128, false).string("Department", 80, false);
    f.string("AssistantName", 40, false).reference("ReportsToId", "Contact");
    f.picklist("LeadSource", SOURCES).picklist("GenderIdentity", GENDERS);
    f.of(Kind.DATE, 0, "Birthdate").of(Kind.TEXTAREA, 32000, "Description");
    f.of(Kind.BOOLEAN, 0, "HasOptedOutOfEmail", "HasOptedOutOfFax", "DoNotCall");
    f.string("Nave_Contact_Channel__c", 20, false).string("Nave_Interests__c", 255, false);
    f.string("Nave_Frequency__c", 20, false).string("Nave_Quiet_Hours__c", 11, false);
    f.string("Nave_Language__c", 35, false);
    put(f.audit());
  }

  private void lead() {
    Fields f = new Fields(new ObjectType("Lead", "Leads", "00Q"));
    f.id().person(SALUTATIONS).string("Company", 255, true).string("Title", 128, false);
    f.address("");
    f.of(Kind.PHONE, 40, "Phone", "MobilePhone", "Fax").of(Kind.EMAIL, 80, "Email");
    f.of(Kind.URL, 255, "Website").picklist("LeadSource", SOURCES);
    f.picklist("Status", List.of("Open - Not Contacted", "Working - Contacted", "Closed"));
    f.picklist("GenderIdentity", GENDERS).of(Kind.TEXTAREA, 32000, "Description");
    f.of(Kind.BOOLEAN, 0, "HasOptedOutOfEmail", "HasOptedOutOfFax", "DoNotCall");
    put(f.audit());
  }

  private void user() {
    Fields f = new Fields(new ObjectType("User", "Users", "005"));
    f.id().person(SALUTATIONS).string("Username", 80, true).of(Kind.EMAIL, 128, "Email");
    f.of(Kind.BOOLEAN, 0, "IsActive");
    put(f);
  }

  private void organization() {
    Fields f = new Fields(new ObjectType("Organization", "Organizations", "00D"));
    f.id().string("Name", 80, true).picklist("OrganizationType", List.of("Developer Edition"));
    f.of(Kind.BOOLEAN, 0, "IsSandbox");
    put(f);
  }

  private void put(Fields fields) {
    types.put(fields.type.name, fields.type);
  }
}
