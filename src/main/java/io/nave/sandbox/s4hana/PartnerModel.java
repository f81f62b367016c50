package io.nave.sandbox.s4hana;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entity types of {@code API_BUSINESS_PARTNER} that the sandbox serves. */
final class PartnerModel {

  static final String NAMESPACE = "API_BUSINESS_PARTNER";

  static final EntityType EMAIL =
      new EntityType("A_AddressEmailAddress", true)
          .with(
              "*AddressID:10 *Person:10 *OrdinalNumber:3 IsDefaultEmailAddress:Boolean",
              "EmailAddress:241 SearchEmailAddress:20:r AddressCommunicationRemarkText:50");

  static final EntityType PHONE =
      new EntityType("A_AddressPhoneNumber", true)
          .with(
              "*AddressID:10 *Person:10 *OrdinalNumber:3 DestinationLocationCountry:3",
              "IsDefaultPhoneNumber:Boolean PhoneNumber:30 PhoneNumberExtension:10",
              "InternationalPhoneNumber:30:r PhoneNumberType:1",
              "AddressCommunicationRemarkText:50");

  static final EntityType USAGE =
      new EntityType("A_BuPaAddressUsage", true)
          .with(
              "*BusinessPartner:10 *ValidityEndDate:DateTimeOffset *AddressUsage:10 *AddressID:10",
              "ValidityStartDate:DateTimeOffset StandardUsage:Boolean AuthorizationGroup:4");

  static final EntityType ADDRESS =
      new EntityType("A_BusinessPartnerAddress", true)
          .with(
              "*BusinessPartner:10 *AddressID:10 ValidityStartDate:DateTimeOffset",
              "ValidityEndDate:DateTimeOffset AuthorizationGroup:4:r AddressUUID:Guid:r",
              "AdditionalStreetPrefixName:40 AdditionalStreetSuffixName:40 AddressTimeZone:6",
              "CareOfName:40 CityCode:12 CityName:40 CompanyPostalCode:10 Country:3 County:40",
              "DeliveryServiceNumber:10 DeliveryServiceTypeCode:4 District:40 FormOfAddress:4",
              "FullName:80:r HomeCityName:40 HouseNumber:10 HouseNumberSupplementText:10",
              "Language:2 POBox:10 POBoxDeviatingCityName:40 POBoxDeviatingCountry:3",
              "POBoxDeviatingRegion:3 POBoxIsWithoutNumber:Boolean POBoxLobbyName:40",
              "POBoxPostalCode:10 Person:10:r PostalCode:10 PrfrdCommMediumType:3 Region:3",
              "StreetName:60 StreetPrefixName:40 StreetSuffixName:40 TaxJurisdiction:15",
              "TransportZone:10 AddressIDByExternalSystem:20 CountyCode:8 TownshipCode:8",
              "TownshipName:40")
          .to("to_AddressUsage", "A_BuPaAddressUsage", "")
          .to("to_EmailAddress", "A_AddressEmailAddress", "")
          .to("to_MobilePhoneNumber", "A_AddressPhoneNumber", "3")
          .to("to_PhoneNumber", "A_AddressPhoneNumber", "1");

  static final EntityType IDENTIFICATION =
      new EntityType("A_BuPaIdentification", true)
          .with(
              "*BusinessPartner:10 *BPIdentificationType:6 *BPIdentificationNumber:60",
              "BPIdnNmbrIssuingInstitute:40 BPIdentificationEntryDate:DateTime Country:3 Region:3",
              "ValidityStartDate:DateTime ValidityEndDate:DateTime AuthorizationGroup:4");

  static final EntityType ROLE =
      new EntityType("A_BusinessPartnerRole", true)
          .with(
              "*BusinessPartner:10 *BusinessPartnerRole:6 ValidFrom:DateTimeOffset",
              "ValidTo:DateTimeOffset AuthorizationGroup:4");

  static final EntityType PARTNER =
      new EntityType("A_BusinessPartner", false)
          .with(
              "*BusinessPartner:10 Customer:10:r Supplier:10:r AcademicTitle:4",
              "AuthorizationGroup:4 BusinessPartnerCategory:1:c BusinessPartnerFullName:81:r",
              "BusinessPartnerGrouping:4:c BusinessPartnerName:81:r BusinessPartnerUUID:Guid:c",
              "CorrespondenceLanguage:2 CreatedByUser:12:r CreationDate:DateTime:r",
              "CreationTime:Time:r FirstName:40 FormOfAddress:4 Industry:10",
              "InternationalLocationNumber1:7 InternationalLocationNumber2:5 IsFemale:Boolean",
              "IsMale:Boolean IsNaturalPerson:1 IsSexUnknown:Boolean GenderCodeName:1 Language:2",
              "LastChangeDate:DateTime:r LastChangeTime:Time:r LastChangedByUser:12:r LastName:40",
              "LegalForm:2 OrganizationBPName1:40 OrganizationBPName2:40 OrganizationBPName3:40",
              "OrganizationBPName4:40 OrganizationFoundationDate:DateTime",
              "OrganizationLiquidationDate:DateTime SearchTerm1:20 SearchTerm2:20",
              "AdditionalLastName:40 BirthDate:DateTime BusinessPartnerBirthDateStatus:1",
              "BusinessPartnerBirthplaceName:40 BusinessPartnerDeathDate:DateTime",
              "BusinessPartnerIsBlocked:Boolean BusinessPartnerType:4 ETag:26:r",
              "GroupBusinessPartnerName1:40 GroupBusinessPartnerName2:40 IndependentAddressID:10:r",
              "InternationalLocationNumber3:1 MiddleName:40 NameCountry:3 NameFormat:2",
              "PersonFullName:80:r PersonNumber:10:r IsMarkedForArchiving:Boolean",
              "BusinessPartnerIDByExtSystem:20 BusinessPartnerPrintFormat:1",
              "BusinessPartnerOccupation:4 BusPartMaritalStatus:1 BusPartNationality:3",
              "BusinessPartnerBirthName:40 BusinessPartnerSupplementName:4",
              "NaturalPersonEmployerName:35 LastNamePrefix:4 LastNameSecondPrefix:4 Initials:10",
              "TradingPartner:6")
          .to("to_BuPaIdentification", "A_BuPaIdentification", "")
          .to("to_BusinessPartnerAddress", "A_BusinessPartnerAddress", "")
          .to("to_BusinessPartnerRole", "A_BusinessPartnerRole", "");

  /** By entity set name. */
  static final Map<String, EntityType> SETS = new LinkedHashMap<>();

  static {
    for (EntityType type :
        new EntityType[] {EMAIL, PHONE, IDENTIFICATION, USAGE, PARTNER, ADDRESS, ROLE}) {
      SETS.put(type.set, type);
    }
  }

  private PartnerModel() {}
}
