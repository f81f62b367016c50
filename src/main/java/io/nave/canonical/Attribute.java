package io.nave.canonical;

import java.util.function.Function;

/**
 * The attributes that survive, are guarded by time and are recognised as echoes one by one. Each
 * key of {@link Customer#attributes} is one more, written {@code attributes.<key>}.
 */
public enum Attribute {
  TYPE("type", Customer::type),
  LIFECYCLE("lifecycle", Customer::lifecycle),
  NAME("name", Customer::name),
  BIRTH_DATE("birthDate", Customer::birthDate),
  GENDER("gender", Customer::gender),
  LANGUAGE("language", Customer::language),
  EMAILS("emails", Customer::emails),
  PHONES("phones", Customer::phones),
  ADDRESSES("addresses", Customer::addresses),
  IDENTIFIERS("identifiers", Customer::identifiers),
  MEMBERSHIPS("memberships", Customer::memberships),
  DOMAINS("domains", Customer::domains);

  private final String key;
  private final Function<Customer, Object> value;

  Attribute(String key, Function<Customer, Object> value) {
    this.key = key;
    this.value = value;
  }

  /** The attribute's name in JSON and in configuration. */
  public String key() {
    return key;
  }

  /** The customer's value: null or an empty list where there is none. */
  public Object of(Customer customer) {
    return value.apply(customer);
  }
}
