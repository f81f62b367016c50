package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.Decide;
import io.nave.sync.Reviews;
import io.nave.sync.Reviews.Between;
import io.nave.sync.StewardAnswer;
import io.nave.sync.StewardAnswer.Mistake;
import io.nave.sync.StewardAnswer.Refused;
import io.nave.sync.Why;
import io.nave.sync.Wish;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits for a steward, and what she says to it. */
@Path("/api")
@Tag(name = "stewards")
@Produces("application/json")
@Blocking
public class ReviewsResource {
  private static final int MOST = 1000;

  private final Reviews reviews;
  private final Decide decide;
  private final Why why;

  ReviewsResource(Reviews reviews, Decide decide, Why why) {
    this.reviews = reviews;
    this.decide = decide;
    this.why = why;
  }

  @GET
  @Path("/reviews")
  @Operation(summary = "Pairs of customers that may be one, the strongest first")
  public Response list(
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("after") String after,
      @QueryParam("minWeight") @DefaultValue("-1e9") double minWeight,
      @QueryParam("spoke") String spoke) {
    try {
      return Response.ok(reviews.list(new Reviews.Wanted(limit, after, minWeight, spoke))).build();
    } catch (IllegalArgumentException wrong) {
      return Problem.of(400, "Not a place in the list", wrong.getMessage());
    }
  }

  @GET
  @Path("/reviews/rules")
  @Operation(summary = "How many tasks each rule made")
  public Map<String, List<Reviews.OfRule>> rules() {
    return Map.of("rules", reviews.rules());
  }

  /**
   * By list: {@code {"tasks": [{"a", "b", "answer": "same" | "different" | "later", "reason"}]}};
   * by rule: {@code {"rule", "minWeight", "answer", "reason", "dryRun"}}.
   */
  @POST
  @Path("/reviews/decide")
  @Consumes("application/json")
  @Operation(summary = "Decides tasks: those of a list, or all that a rule made")
  public Response decide(InputStream body, @Context SecurityContext security) {
    var by = Answers.by(security);
    return Answers.read(
        body, node -> node.has("rule") ? ofRule(new Fields(node, 0), by) : ofList(node, by));
  }

  private Response ofRule(Fields fields, String by) {
    var rule = fields.text("rule");
    double minWeight = fields.number("minWeight", -1e9);
    boolean dryRun = fields.optionalYes("dryRun");
    var answer = answer(fields, dryRun, List.of("same", "different"));
    var reason = fields.optionalText("reason");
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    long n =
        dryRun
            ? reviews.count(rule, minWeight)
            : reviews.decide(rule, minWeight, answer.equals("same"), reason, by);
    return Response.ok(Map.of("dryRun", dryRun, "tasks", n)).build();
  }

  private static String answer(Fields fields, boolean optional, List<String> known) {
    var answer = optional ? fields.optionalText("answer") : fields.text("answer");
    if (answer != null && !known.contains(answer)) {
      fields.mistake("/answer", answer, String.join(", ", known));
    }
    return answer;
  }

  private Response ofList(JsonNode node, String by) {
    var list = node.path("tasks");
    if (!list.isArray() || list.isEmpty() || list.size() > MOST || node.size() > 1) {
      var words = "tasks: " + list.size() + " (expected: 1 to " + MOST + ", or a rule)";
      return Answers.of(new Refused(List.of(new Mistake(0, "/tasks", words, List.of()))));
    }
    var wishes = new ArrayList<Wish>();
    var later = new ArrayList<Between>();
    var mistakes = new ArrayList<Mistake>();
    for (int i = 0; i < list.size(); i++) {
      take(new Fields(list.get(i), i), wishes, later, mistakes);
    }
    if (!mistakes.isEmpty()) {
      return Answers.of(new Refused(mistakes));
    }
    var done = decide.decide(wishes, by);
    if (done instanceof StewardAnswer.Done) {
      reviews.later(later);
    }
    return Answers.of(done);
  }

  private void take(Fields fields, List<Wish> wishes, List<Between> later, List<Mistake> mistakes) {
    var a = fields.record("a");
    var b = fields.record("b");
    var answer = answer(fields, false, List.of("same", "different", "later"));
    var reason = fields.optionalText("reason");
    var wrong = fields.mistakes();
    mistakes.addAll(wrong);
    if (!wrong.isEmpty()) {
      return;
    }
    if (!answer.equals("later")) {
      wishes.add(new Wish(a, b, answer.equals("same"), reason));
      return;
    }
    why.pair(a, b)
        .ifPresentOrElse(
            pair -> later.add(new Between(pair.customerA(), pair.customerB())),
            () -> {
              fields.mistake("", a + ", " + b, "records that were observed");
              mistakes.addAll(fields.mistakes());
            });
  }
}
