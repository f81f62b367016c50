package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.console.WhyView.Decision;
import io.nave.console.WhyView.Link;
import io.nave.console.WhyView.Member;
import io.nave.sync.StewardDecision;
import io.nave.sync.Why;
import java.time.Instant;
import java.util.List;

/** Lays out why the records of a customer are together. Pure. */
final class ShowWhy {
  private static final int MOST = 60;

  private ShowWhy() {}

  static WhyView of(Why.OfCustomer why, JsonNode found, String separated, Instant now) {
    var customer = found.path("customer");
    return new WhyView(
        why.customerId().toString(),
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        separated,
        DrawLinks.of(why),
        why.records().stream().map(ShowWhy::member).toList(),
        links(why, why.links().stream().filter(Why.Link::holds).toList()),
        links(why, why.links().stream().filter(link -> !link.holds()).toList()),
        links(why, why.possible()),
        links(why, why.severed()),
        why.decisions().stream().map(d -> decision(d, now)).toList());
  }

  private static Member member(Why.Member member) {
    var key = member.spoke() + ":" + member.recordId();
    return new Member(member.spoke(), member.recordId(), key, member.deleted());
  }

  private static Member member(SourceKey key) {
    return new Member(key.spoke(), key.recordId(), key.toString(), false);
  }

  private static List<Link> links(Why.OfCustomer why, List<Why.Link> links) {
    return links.stream().limit(MOST).map(link -> link(why, link)).toList();
  }

  private static Link link(Why.OfCustomer why, Why.Link link) {
    boolean own = link.customerA().equals(link.customerB());
    var other = link.customerA().equals(why.customerId()) ? link.customerB() : link.customerA();
    return new Link(
        member(link.a()),
        member(link.b()),
        link.outcome(),
        link.weight() == null ? null : EvidenceView.weight(link.weight()),
        link.rule(),
        EvidenceView.of(link.evidence()),
        own ? null : other.toString(),
        own || link.decision() != null ? null : "/review/" + why.customerId() + "/" + other);
  }

  private static Decision decision(StewardDecision decision, Instant now) {
    return new Decision(
        decision.id(),
        decision.a().toString(),
        decision.b().toString(),
        decision.same(),
        decision.reason(),
        decision.decidedBy(),
        Moment.of(decision.decidedAt(), now));
  }
}
