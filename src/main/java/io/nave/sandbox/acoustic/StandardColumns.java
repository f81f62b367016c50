package io.nave.sandbox.acoustic;

import java.util.List;

/** The columns that the sandbox's database starts with. */
final class StandardColumns {
  static final String EMAIL = "EMAIL";
  static final String OPT_OUT = "OPT_OUT";

  static final List<String> ALL =
      List.of(
          Database.CUSTOMER_ID,
          "SALUTATION",
          "FIRST_NAME",
          "MIDDLE_NAME",
          "LAST_NAME",
          "GENDER",
          "BIRTH_DATE",
          "LANGUAGE",
          "MOBILE",
          "PHONE",
          "STREET",
          "CITY",
          "REGION",
          "POSTAL_CODE",
          "COUNTRY",
          "COMPANY",
          "JOB_TITLE",
          "LIFECYCLE",
          "PREF_CHANNEL",
          "PREF_INTERESTS",
          "PREF_FREQUENCY",
          "PREF_QUIET_FROM",
          "PREF_QUIET_TO",
          "CONSENT_EMAIL",
          "CONSENT_EMAIL_DATE");

  private StandardColumns() {}

  /** The two that every database has; their names are not case-sensitive. */
  static boolean isSystem(String name) {
    return name.equalsIgnoreCase(EMAIL) || name.equalsIgnoreCase(OPT_OUT);
  }
}
