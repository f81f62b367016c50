package io.nave;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The variables of the environment that connect a hub to sandboxed systems. */
final class Connecting {
  private Connecting() {}

  /**
   * As {@code ./nave demo} does.
   *
   * @param settings of the systems, by name
   * @param hooks where the systems reach the hub, without a slash at the end
   */
  static Map<String, String> to(Map<String, Map<String, String>> settings, String hooks) {
    var variables = new HashMap<String, String>();
    settings.forEach(
        (spoke, values) -> values.forEach((key, value) -> put(variables, spoke, key, value)));
    put(variables, "gigya", "webhook-url", hooks + "/hooks/gigya");
    put(variables, "s4hana", "webhook-url", hooks + "/hooks/s4hana");
    put(variables, "acoustic", "poll", "400ms");
    put(variables, "acoustic", "overlap", "5s");
    put(variables, "acoustic", "create", "true");
    put(variables, "salesforce", "create", "true");
    return variables;
  }

  /** Adds one setting of a spoke. */
  static void put(Map<String, String> variables, String spoke, String setting, String value) {
    var name = "NAVE_SPOKES_" + spoke + "_" + setting;
    variables.put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value);
  }
}
