package io.nave.connectors;

/**
 * The settings of connected systems, {@code nave.spokes.<spoke>.<key>}. In Kamelets it is the bean
 * {@code spokes}; secrets are read here and never stand in a route.
 */
public interface SpokeSettings {

  /**
   * The value, or the default that {@code connector.yaml} declares.
   *
   * @throws IllegalArgumentException naming the setting that is missing
   */
  String get(String spoke, String key);
}
