package io.nave.centre;

import io.nave.consent.Purposes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The purposes of {@code config/purposes.yaml}, as customers see them. */
@ApplicationScoped
class Offers {
  private static final Set<String> ASKED = Set.of("consent", "legitimate-interest");

  private final Purposes purposes;

  Offers(Purposes purposes) {
    this.purposes = purposes;
  }

  List<Offer> at(Instant now) {
    return purposes.all().stream()
        .map(
            p ->
                new Offer(
                    p.name(),
                    ASKED.contains(p.legalBasis()),
                    p.channels(),
                    Offer.untitled(p.topics()),
                    p.title(),
                    p.text(),
                    List.of(),
                    List.of(),
                    null,
                    Map.of()))
        .toList();
  }

  /** The brand under which the ledger can keep what is said on a page of that brand; or null. */
  String controller(String brand) {
    return purposes.brands().contains(brand) ? brand : null;
  }
}
