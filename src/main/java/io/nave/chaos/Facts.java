package io.nave.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is true of a person, or what one system says of her.
 *
 * @param mobile digits only
 * @param mailable whether she may be mailed; null where a system cannot say
 */
public record Facts(
    String given,
    String family,
    String email,
    String mobile,
    String street,
    String town,
    String postcode,
    Boolean mailable) {

  Facts withFamily(String other) {
    return new Facts(given, other, email, mobile, street, town, postcode, mailable);
  }

  Facts withMobile(String other) {
    return new Facts(given, family, email, other, street, town, postcode, mailable);
  }

  Facts withHome(String line, String city, String code) {
    return new Facts(given, family, email, mobile, line, city, code, mailable);
  }

  Facts mailable(boolean is) {
    return new Facts(given, family, email, mobile, street, town, postcode, is);
  }

  /** What differs, as {@code mobile: given (expected: other)}; what this cannot say does not. */
  List<String> against(Facts expected) {
    var theirs = expected.values();
    return values().entrySet().stream()
        .filter(own -> own.getValue() != null && !own.getValue().equals(theirs.get(own.getKey())))
        .map(
            own ->
                "%s: %s (expected: %s)"
                    .formatted(own.getKey(), own.getValue(), theirs.get(own.getKey())))
        .toList();
  }

  private Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    values.put("given", given);
    values.put("family", family);
    values.put("email", email);
    values.put("mobile", mobile);
    values.put("street", street);
    values.put("town", town);
    values.put("postcode", postcode);
    values.put("mailable", mailable);
    return values;
  }
}
