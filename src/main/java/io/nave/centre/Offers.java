package io.nave.centre;

import io.nave.consent.Brand;
import io.nave.consent.Purpose;
import io.nave.consent.Purposes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The purposes of {@code config/purposes.yaml}, as customers see them. */
@ApplicationScoped
class Offers {
  private static final Set<String> ASKED = Set.of(Purpose.CONSENT, "legitimate-interest");

  private final Purposes purposes;

  Offers(Purposes purposes) {
    this.purposes = purposes;
  }

  List<Offer> at(Instant now) {
    return purposes.all().stream().map(purpose -> offer(purpose, now)).toList();
  }

  private static Offer offer(Purpose purpose, Instant now) {
    var topics = new LinkedHashMap<String, Map<String, String>>();
    purpose.topics().forEach(topic -> topics.put(topic.name(), topic.title()));
    var notice = purpose.noticeAt(now);
    return new Offer(
        purpose.name(),
        ASKED.contains(purpose.legalBasis()),
        purpose.channels(),
        topics,
        purpose.title(),
        purpose.text(),
        purpose.doubleOptIn(),
        purpose.boundToAddress(),
        notice.map(Purpose.Notice::version).orElse(null),
        notice.map(Purpose.Notice::wording).orElse(Map.of()));
  }

  /** The brand under which the ledger can keep what is said on a page of that brand; or null. */
  String controller(String brand) {
    boolean known = purposes.brands().stream().map(Brand::name).anyMatch(n -> n.equals(brand));
    return known ? brand : null;
  }
}
