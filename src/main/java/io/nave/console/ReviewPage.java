package io.nave.console;

import io.nave.console.ReviewView.Bulk;
import io.nave.console.ReviewView.FrozenRow;
import io.nave.console.ReviewView.FrozenStep;
import io.nave.console.ReviewView.Person;
import io.nave.console.ReviewView.Row;
import io.nave.console.ReviewView.Rule;
import io.nave.sync.Decide;
import io.nave.sync.FindCustomers;
import io.nave.sync.FreezeLoops;
import io.nave.sync.Frozen;
import io.nave.sync.Reviews;
import io.nave.sync.Reviews.Between;
import io.nave.sync.StewardAnswer;
import io.nave.sync.Why;
import io.nave.sync.Wish;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Pairs of customers that may be one, and what a steward says to them. Works without scripts. */
@Page
@Path("/review")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ReviewPage {
  private static final int ROWS = 25;

  private final Reviews reviews;
  private final FindCustomers customers;
  private final Why why;
  private final Decide decide;
  private final FreezeLoops loops;
  private final Clock clock;

  ReviewPage(
      Reviews reviews,
      FindCustomers customers,
      Why why,
      Decide decide,
      FreezeLoops loops,
      Clock clock) {
    this.loops = loops;
    this.clock = clock;
    this.reviews = reviews;
    this.customers = customers;
    this.why = why;
    this.decide = decide;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance list(
      @QueryParam("spoke") @DefaultValue("") String spoke,
      @QueryParam("minWeight") @DefaultValue("") String minWeight,
      @QueryParam("after") String after,
      @QueryParam("done") String done) {
    var page = page(new Reviews.Wanted(ROWS, after, number(minWeight), orNull(spoke)));
    var rows = page.tasks().stream().map(this::row).toList();
    var rules =
        reviews.rules().stream()
            .map(
                r ->
                    new Rule(
                        r.rule(),
                        Numbers.whole(r.tasks()),
                        EvidenceView.weight(r.lightest()),
                        EvidenceView.weight(r.heaviest())))
            .toList();
    var spokes = rows.stream().flatMap(ReviewPage::spokes).distinct().sorted().toList();
    return Templates.review(
        new ReviewView(
            Numbers.whole(page.open()),
            rows,
            rules,
            spokes,
            spoke,
            minWeight,
            page.next(),
            done != null && done.matches("\\d{1,9}") ? Numbers.whole(Long.parseLong(done)) : null,
            loops.list().stream().map(one -> frozen(one, clock.instant())).toList()));
  }

  private static FrozenRow frozen(Frozen one, Instant now) {
    return new FrozenRow(
        one.customerId().toString(),
        one.attribute(),
        one.reason(),
        Moment.of(one.at(), now),
        one.trail().stream()
            .map(step -> new FrozenStep(Moment.of(step.at(), now), step.from()))
            .toList());
  }

  private static java.util.stream.Stream<String> spokes(Row row) {
    return java.util.stream.Stream.concat(
        row.one().spokes().stream(), row.other().spokes().stream());
  }

  /** From the start where the place is none. */
  private Reviews.Page page(Reviews.Wanted wanted) {
    try {
      return reviews.list(wanted);
    } catch (IllegalArgumentException noPlace) {
      return reviews.list(
          new Reviews.Wanted(wanted.limit(), null, wanted.minWeight(), wanted.spoke()));
    }
  }

  private Row row(Reviews.Task task) {
    return new Row(
        ShowReview.link(task),
        EvidenceView.weight(task.weight()),
        task.outcome(),
        task.rule(),
        person(task.customerA()),
        person(task.customerB()));
  }

  private Person person(UUID id) {
    return customers
        .summary(id)
        .map(ShowReview::person)
        .orElseGet(() -> new Person(id.toString(), "", null, List.of()));
  }

  @GET
  @Path("{one}/{other}")
  @Operation(hidden = true)
  public Response task(@PathParam("one") String one, @PathParam("other") String other) {
    var a = CustomersPage.uuid(one);
    var b = CustomersPage.uuid(other);
    var among = a == null || b == null ? null : reviews.between(a, b).orElse(null);
    if (among == null) {
      return Response.seeOther(java.net.URI.create("/review")).build();
    }
    var task = among.task();
    var left = customers.byId(task.customerA()).orElseThrow().customer();
    var right = customers.byId(task.customerB()).orElseThrow().customer();
    var evidence = why.pair(task.a(), task.b()).orElseThrow().evidence();
    return ok(Templates.task(ShowReview.task(among, left, right, evidence)));
  }

  @POST
  @Path("decide")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response decide(
      @FormParam("a") String a,
      @FormParam("b") String b,
      @FormParam("answer") String answer,
      @FormParam("reason") String reason,
      @FormParam("after") String after,
      @Context SecurityContext security) {
    var one = Steward.record(a);
    var other = Steward.record(b);
    if (one == null || other == null || answer == null) {
      return Steward.refused(400, List.of("a, b, answer: missing"), List.of(), "/review");
    }
    if (answer.equals("later")) {
      why.pair(one, other)
          .ifPresent(p -> reviews.later(List.of(new Between(p.customerA(), p.customerB()))));
      return next(after);
    }
    var wish = new Wish(one, other, answer.equals("same"), orNull(reason));
    var done = decide.decide(List.of(wish), Steward.by(security));
    return done instanceof StewardAnswer.Done ? next(after) : Steward.refused(done, "/review");
  }

  /** The next task, then the first one, then none. */
  private Response next(String after) {
    var tasks = page(new Reviews.Wanted(1, orNull(after), -1e9, null)).tasks();
    if (tasks.isEmpty()) {
      tasks = reviews.list(Reviews.Wanted.first(1)).tasks();
    }
    var to = tasks.isEmpty() ? "/review" : ShowReview.link(tasks.get(0));
    return Response.seeOther(java.net.URI.create(to)).build();
  }

  /** First says how many tasks it would decide; with {@code confirmed} it decides them. */
  @POST
  @Path("rule")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response rule(
      @FormParam("rule") String rule,
      @FormParam("minWeight") @DefaultValue("") String minWeight,
      @FormParam("answer") @DefaultValue("different") String answer,
      @FormParam("reason") @DefaultValue("") String reason,
      @FormParam("confirmed") boolean confirmed,
      @Context SecurityContext security) {
    if (rule == null || rule.isBlank()) {
      return Steward.refused(400, List.of("rule: missing"), List.of(), "/review");
    }
    double weight = number(minWeight);
    if (confirmed) {
      boolean same = answer.equals("same");
      long n = reviews.decide(rule, weight, same, orNull(reason), Steward.by(security));
      return Response.seeOther(java.net.URI.create("/review?done=" + n)).build();
    }
    long n = reviews.count(rule, weight);
    return ok(Templates.bulk(new Bulk(rule, minWeight, answer, reason, Numbers.whole(n), n == 0)));
  }

  private static Response ok(TemplateInstance page) {
    return Response.ok(page.render()).build();
  }

  private static String orNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Very low where it is no number. */
  private static double number(String text) {
    return text.strip().matches("[-+]?\\d{1,6}(\\.\\d{1,6})?") ? Double.parseDouble(text) : -1e9;
  }
}
