package io.nave.consent;

import java.util.List;

/**
 * A law, and for whom and what it counts.
 *
 * @param countries ISO 3166-1 alpha-2
 * @param regions the regions of these countries; empty: all
 * @param unknownCountry whether it counts for a customer of whom no country is known
 * @param purposes empty: all
 * @param channels empty: all
 */
public record Jurisdiction(
    Law law,
    List<String> countries,
    List<String> regions,
    boolean unknownCountry,
    List<String> purposes,
    List<String> channels) {

  /** Where a customer lives; {@code region} may be null. */
  public record Home(String country, String region) {}

  boolean isAbout(String purpose, String channel) {
    return (purposes.isEmpty() || purposes.contains(purpose))
        && (channels.isEmpty() || channels.contains(channel));
  }

  /**
   * Whether it counts for a customer with these addresses. A law that demands something counts
   * where one of them is in its reach, one that allows something where all are.
   */
  boolean reaches(List<Home> homes) {
    if (homes.isEmpty()) {
      return unknownCountry;
    }
    return law.allowsMore()
        ? homes.stream().allMatch(this::reaches)
        : homes.stream().anyMatch(this::reaches);
  }

  private boolean reaches(Home home) {
    return countries.contains(home.country())
        && (regions.isEmpty()
            || home.region() != null
                && regions.stream().anyMatch(region -> region.equalsIgnoreCase(home.region())));
  }
}
