package io.nave.consent;

import static io.nave.consent.ConsentDecision.Code.DENIED;
import static io.nave.consent.ConsentDecision.Code.EXPIRED;
import static io.nave.consent.ConsentDecision.Code.GRANTED;
import static io.nave.consent.ConsentDecision.Code.LEGAL_BASIS;
import static io.nave.consent.ConsentDecision.Code.NOTHING_SAID;
import static io.nave.consent.ConsentDecision.Code.NOT_BOUND;
import static io.nave.consent.ConsentDecision.Code.OPT_OUT;
import static io.nave.consent.ConsentDecision.Code.PENDING;
import static io.nave.consent.ConsentDecision.Code.WITHDRAWN;

import io.nave.canonical.Consent.Subject;
import io.nave.consent.ConsentDecision.Code;
import io.nave.consent.Jurisdiction.Home;
import java.util.List;
import java.util.Objects;

/**
 * Whether something may be sent, from what holds, the purpose's legal basis and the laws that reach
 * the customer. Pure.
 *
 * <ul>
 *   <li>A stop is a no, whatever the purpose rests on.
 *   <li>A purpose that rests on consent needs a standing yes; any other goes on until somebody says
 *       no.
 *   <li>GDPR: it stays so, whatever another law allows.
 *   <li>ePrivacy: a yes is needed on these channels whatever the purpose rests on.
 *   <li>TCPA: the same, and the yes has to name the number.
 *   <li>CCPA: no yes is needed, unless another of these laws reaches the customer too.
 * </ul>
 */
public final class DecideByLaw {
  private final Purposes purposes;
  private final ConsentFold fold;

  /** By the purposes and laws of {@code config/purposes.yaml}. */
  public DecideByLaw(Purposes purposes) {
    this.purposes = purposes;
    this.fold = new ConsentFold(purposes);
  }

  /**
   * A question about one customer.
   *
   * @param subject about what; {@code boundTo}: the address or number that is to be used, null
   *     where any of hers may be
   * @param addresses those of hers that this channel reaches, the first is the preferred one
   * @param homes where she lives, as far as it is known
   * @param folded what holds for her, of {@link ConsentFold#fold}
   */
  public record Question(
      Subject subject, List<String> addresses, List<Home> homes, List<Effective> folded) {}

  /** What has to be there. {@code law} says who demands, or allows, it; null: the legal basis. */
  private record Demand(boolean yes, boolean bound, Law law, String basis) {}

  /**
   * Decides.
   *
   * @throws IllegalArgumentException where {@link Purposes#subjectRefusal} has something to say
   */
  public ConsentDecision decide(Question question) {
    var subject = question.subject();
    purposes
        .subjectRefusal(subject)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    var demand = demand(subject, question.homes());
    if (subject.boundTo() != null || !mattersWhich(question, demand)) {
      return decide(subject, demand, question.folded());
    }
    return question.addresses().stream()
        .map(address -> decide(boundTo(subject, address), demand, question.folded()))
        .reduce((first, next) -> first.allowed() || !next.allowed() ? first : next)
        .orElseGet(() -> decide(subject, demand, question.folded()));
  }

  /** Whether it matters which of her addresses or numbers is used. */
  private static boolean mattersWhich(Question question, Demand demand) {
    var subject = question.subject();
    return demand.bound()
        || question.folded().stream()
            .map(Effective::subject)
            .filter(one -> one.boundTo() != null)
            .anyMatch(one -> Coverage.covers(one, boundTo(subject, one.boundTo())));
  }

  private static Subject boundTo(Subject s, String address) {
    return new Subject(s.purpose(), s.channel(), s.topic(), s.brand(), address);
  }

  // -- what is demanded

  private Demand demand(Subject subject, List<Home> homes) {
    var purpose = purposes.purpose(subject.purpose()).orElseThrow();
    var laws =
        purposes.jurisdictions().stream()
            .filter(one -> one.isAbout(subject.purpose(), subject.channel()))
            .filter(one -> one.reaches(homes))
            .map(Jurisdiction::law)
            .toList();
    var basis = purpose.legalBasis();
    boolean bound = purpose.boundToAddress().contains(subject.channel()) || laws.contains(Law.TCPA);
    for (var demanding : List.of(Law.TCPA, Law.EPRIVACY)) {
      if (laws.contains(demanding)) {
        return new Demand(true, bound, demanding, basis);
      }
    }
    boolean consent = basis.equals(Purpose.CONSENT);
    if (laws.contains(Law.GDPR)) {
      return new Demand(consent, bound, Law.GDPR, basis);
    }
    return laws.contains(Law.CCPA)
        ? new Demand(false, bound, Law.CCPA, basis)
        : new Demand(consent, bound, null, basis);
  }

  // -- what is there

  private ConsentDecision decide(Subject subject, Demand demand, List<Effective> folded) {
    var found = fold.of(folded, subject).orElse(null);
    var code = code(found, subject, demand);
    return new ConsentDecision(
        subject, code, reason(code, found, subject, demand), found, demand.law());
  }

  private static Code code(Effective found, Subject subject, Demand demand) {
    var said = found == null ? NOTHING_SAID : said(found, subject, demand);
    boolean decides = said == GRANTED || said == WITHDRAWN || said == DENIED;
    if (decides || demand.yes()) {
      return said;
    }
    return demand.law() == Law.CCPA ? OPT_OUT : LEGAL_BASIS;
  }

  private static Code said(Effective found, Subject subject, Demand demand) {
    return switch (found.state()) {
      case granted -> demand.bound() && !names(found, subject) ? NOT_BOUND : GRANTED;
      case pending -> PENDING;
      case expired -> EXPIRED;
      case denied -> DENIED;
      case withdrawn -> WITHDRAWN;
    };
  }

  /** Whether the grant is for this address or number, and says so itself. */
  private static boolean names(Effective grant, Subject subject) {
    return subject.boundTo() != null
        && Objects.equals(grant.entry().consent().boundTo(), subject.boundTo());
  }

  private static String reason(Code code, Effective found, Subject subject, Demand demand) {
    return switch (code) {
      case NOTHING_SAID ->
          "nobody said anything about " + Words.subject(subject) + ", and " + demands(demand);
      case LEGAL_BASIS -> "rests on " + demand.basis() + ", and nobody said no";
      case OPT_OUT -> demand.law() + " allows it until the customer says no";
      case NOT_BOUND -> "granted, but not for this address or number, and " + demands(demand);
      default ->
          found.reason().startsWith(found.state().name())
              ? found.reason()
              : found.state() + ": " + found.reason();
    };
  }

  private static String demands(Demand demand) {
    boolean basis = demand.law() == null || demand.law() == Law.GDPR;
    var who = basis ? "it rests on consent, which" : demand.law().toString();
    return who + " needs a yes" + (demand.bound() ? " for the address or number itself" : "");
  }
}
