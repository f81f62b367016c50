package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.centre.ConsentForm.Choice;
import io.nave.sync.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Global Privacy Control: what the signal still has to stop. It is recorded once; a yes that the
 * customer gave here while her browser sent the signal is her own, later word.
 */
final class Signal {
  /** What evidence says of a decision that was made while the browser sent the signal. */
  static final String EVIDENCE = "globalPrivacyControl";

  private final List<String> purposes;

  Signal(List<String> purposes) {
    this.purposes = purposes;
  }

  /** Whether a request carries the signal. */
  static boolean isOn(String header) {
    return header != null && header.strip().equals("1");
  }

  /**
   * The stops that are to be recorded.
   *
   * @param history what the ledger says of the customer, the oldest first
   * @param choices what she decides in the same moment, which counts more
   */
  List<Choice> stops(
      List<Offer> offers, Standing standing, JsonNode history, List<Choice> choices) {
    var granted =
        choices.stream()
            .filter(Choice::granted)
            .map(choice -> choice.offer().name())
            .collect(Collectors.toSet());
    var stops = new ArrayList<Choice>();
    for (var offer : offers) {
      if (isToStop(offer, standing, history, granted)) {
        stops.add(new Choice(offer, Offer.ANY, null, false));
      }
    }
    return stops;
  }

  private boolean isToStop(Offer offer, Standing standing, JsonNode history, Set<String> granted) {
    return purposes.contains(offer.name())
        && !granted.contains(offer.name())
        && !standing.isStopped(offer.name(), Offer.ANY)
        && !isOwnWord(offer.name(), history);
  }

  private static boolean isOwnWord(String purpose, JsonNode history) {
    JsonNode last = null;
    for (var entry : history) {
      if (entry.path("spoke").asText().equals(Act.SPOKE)
          && entry.path("purpose").asText().equals(purpose)) {
        last = entry;
      }
    }
    return last != null
        && last.path("state").asText().equals("granted")
        && last.path("evidence").path(EVIDENCE).asBoolean();
  }

  /** Whether everything that the signal stops is stopped. */
  boolean isKept(Standing standing) {
    return !purposes.isEmpty() && purposes.stream().allMatch(p -> standing.isStopped(p, Offer.ANY));
  }

  boolean isAbout(String purpose) {
    return purposes.contains(purpose);
  }
}
