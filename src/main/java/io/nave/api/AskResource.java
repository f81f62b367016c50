package io.nave.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent.Subject;
import io.nave.sync.AskConsent;
import io.nave.sync.Asked;
import io.nave.sync.Asked.ById;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Ask before you send: whether something may be sent, for one customer or a whole list. */
@Path("/api")
@Tag(name = "consents")
@Produces("application/json")
@Blocking
public class AskResource {
  private static final int MOST = 10_000;
  private static final int PAGE = 1000;
  private static final String NDJSON = "application/x-ndjson";

  private final AskConsent ask;
  private final Clock clock;

  AskResource(AskConsent ask, Clock clock) {
    this.ask = ask;
    this.clock = clock;
  }

  /** An id that was merged stands for whom it became a part of; the answer has that one's id. */
  @GET
  @Path("/customers/{id}/decision")
  @Operation(summary = "Whether something may be sent to a customer, why, and by which entry")
  @APIResponse(responseCode = "200", description = "Allowed or not; an unknown customer: not")
  @APIResponse(responseCode = "400", description = "No such purpose, channel … or a future time")
  public Response one(
      @PathParam("id") String id,
      @QueryParam("purpose") String purpose,
      @QueryParam("channel") String channel,
      @QueryParam("topic") String topic,
      @QueryParam("brand") String brand,
      @QueryParam("asOf") String asOf) {
    return about(
        id,
        asOf,
        (customer, time) -> {
          var subject = new Subject(purpose, channel, topic, brand, null);
          var refusal = ask.refusal(subject);
          if (refusal.isPresent()) {
            return Problem.of(400, "Nothing that can be asked", refusal.get());
          }
          var answer = ask.ask(List.of(new Asked(new ById(customer), subject)), time).get(0);
          return Response.ok(AskAnswers.tree(answer).toString()).build();
        });
  }

  @GET
  @Path("/customers/{id}/consents")
  @Operation(summary = "What a customer allows and what not, now or at any time, with the entries")
  public Response consents(@PathParam("id") String id, @QueryParam("asOf") String asOf) {
    return about(
        id,
        asOf,
        (customer, time) ->
            ask.consents(customer, time)
                .map(found -> Response.ok(found.toString()).build())
                .orElseGet(() -> Problem.of(404, "No such customer then", "id: " + id)));
  }

  private interface About {
    Response answer(UUID customer, Instant asOf);
  }

  private Response about(String id, String asOf, About about) {
    var customer = Parameters.uuid(id);
    return customer == null
        ? Parameters.notAnId(id)
        : at(asOf, time -> about.answer(customer, time));
  }

  private Response at(String asOf, Function<Instant, Response> answer) {
    var time = asOf == null ? null : Parameters.time(asOf);
    if (asOf != null && time == null) {
      var words = "asOf: " + asOf + " (expected: a time such as 2026-01-02T03:04:05Z)";
      return Problem.of(400, "Not a time", words);
    }
    return time != null && time.isAfter(clock.instant())
        ? Problem.of(400, "In the future", "asOf: " + asOf + " (expected: not after now)")
        : answer.apply(time);
  }

  /** What the addresses of the request say counts for every item that does not say it itself. */
  @POST
  @Path("/decisions")
  @Consumes("application/json")
  @Operation(summary = "The same for up to 10,000 customers: an array of questions, one of answers")
  @APIResponse(responseCode = "200", description = "An answer, or what is wrong, for each question")
  @APIResponse(responseCode = "400", description = "No array of 1 to 10,000 questions")
  public Response array(
      @QueryParam("purpose") String purpose,
      @QueryParam("channel") String channel,
      @QueryParam("topic") String topic,
      @QueryParam("brand") String brand,
      @QueryParam("asOf") String asOf,
      InputStream body) {
    return at(
        asOf,
        time ->
            Answers.read(
                body,
                items -> {
                  if (!items.isArray() || items.isEmpty() || items.size() > MOST) {
                    var what = items.isArray() ? items.size() + " questions" : "no array";
                    var words = what + " (expected: an array of 1 to " + MOST + ")";
                    return Problem.of(400, "Not a list of questions", words);
                  }
                  var questions =
                      new AskQuestions(ask, new Subject(purpose, channel, topic, brand, null));
                  StreamingOutput out = to -> array(items, questions, time, to);
                  return Response.ok(out).build();
                }));
  }

  private void array(JsonNode items, AskQuestions questions, Instant time, OutputStream to)
      throws IOException {
    var separator = "[";
    for (int from = 0; from < items.size(); from += PAGE) {
      for (int i = from; i < Math.min(items.size(), from + PAGE); i++) {
        questions.add(i + 1, items.get(i));
      }
      for (var answer : questions.answers(time)) {
        write(to, separator + answer);
        separator = ",\n";
      }
    }
    write(to, "]");
  }

  /** Constant memory, however long the list; answers come while the list is still being sent. */
  @POST
  @Path("/decisions")
  @Consumes({NDJSON, "application/ndjson"})
  @Produces(NDJSON)
  @Operation(summary = "The same for a whole list: a question a line, an answer a line, in order")
  public Response lines(
      @QueryParam("purpose") String purpose,
      @QueryParam("channel") String channel,
      @QueryParam("topic") String topic,
      @QueryParam("brand") String brand,
      @QueryParam("asOf") String asOf,
      InputStream body) {
    return at(
        asOf,
        time -> {
          var questions = new AskQuestions(ask, new Subject(purpose, channel, topic, brand, null));
          StreamingOutput out = to -> lines(new Lines(body), questions, time, to);
          return Response.ok(out, NDJSON).build();
        });
  }

  private static void lines(Lines lines, AskQuestions questions, Instant time, OutputStream to)
      throws IOException {
    for (var line = lines.next(); line != null; line = lines.next()) {
      if (line.isTooLong()) {
        questions.refuse(
            line.number(), "line: too long (expected: at most " + Lines.MOST + " bytes)");
      } else if (!line.isBlank()) {
        add(questions, line);
      }
      if (questions.size() == PAGE) {
        answer(questions, time, to);
      }
    }
    answer(questions, time, to);
  }

  private static void add(AskQuestions questions, Lines.Line line) throws IOException {
    try {
      questions.add(line.number(), Fields.read(line.stream()));
    } catch (JsonProcessingException wrong) {
      var column = wrong.getLocation().getColumnNr();
      questions.refuse(line.number(), "column " + column + ": no JSON (expected: an object)");
    }
  }

  private static void answer(AskQuestions questions, Instant time, OutputStream to)
      throws IOException {
    for (var answer : questions.answers(time)) {
      write(to, answer + "\n");
    }
    to.flush();
  }

  private static void write(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
