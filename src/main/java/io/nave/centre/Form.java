package io.nave.centre;

import java.util.List;
import java.util.Map;

/** What a browser sent. Each field has a twin {@code was:<name>}: what the page had shown. */
final class Form {
  private static final String WAS = "was:";
  private static final int LONGEST = 2000;

  private final Map<String, List<String>> fields;

  Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** The value without blanks around it; empty where there is none. */
  String text(String name) {
    var all = all(name);
    return all.isEmpty() ? "" : all.get(0);
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().substring(0, Math.min(LONGEST, value.strip().length())))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  String was(String name) {
    return text(WAS + name);
  }

  /** Whether the page had shown the field at all. */
  boolean shown(String name) {
    return fields.containsKey(WAS + name);
  }

  boolean isOn(String name) {
    return !text(name).isEmpty();
  }

  /** Whether the customer has changed a field with one value. */
  boolean changed(String name) {
    return shown(name) && !text(name).equals(was(name));
  }

  /** Whether the customer has flipped a switch. */
  boolean flipped(String name) {
    return shown(name) && isOn(name) != was(name).equals("on");
  }
}
