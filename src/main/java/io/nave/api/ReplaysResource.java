package io.nave.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.ReplayCustomers;
import io.nave.sync.ReplayWish;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Customers that are compared with a system again. */
@Path("/api/replays")
@Tag(name = "operators")
@Produces("application/json")
@Blocking
public class ReplaysResource {
  private final ReplayCustomers replays;

  ReplaysResource(ReplayCustomers replays) {
    this.replays = replays;
  }

  /**
   * {@code {"spoke", "customer" | "query" | "since", "until" | "all": true, "quiet", "dryRun"}}.
   * Whoever names no customers has to say {@code "all": true}.
   */
  @POST
  @Consumes("application/json")
  @Operation(summary = "Compares customers with a system again, or says what that would do")
  public Response begin(InputStream body, @Context SecurityContext security) {
    return Answers.read(body, node -> begin(node, Answers.by(security)));
  }

  private Response begin(JsonNode node, String by) {
    var fields = new Fields(node, 0);
    var wish = wish(fields);
    if (!fields.mistakes().isEmpty()) {
      return Answers.of(fields.refused());
    }
    var begun = replays.begin(wish, by);
    if (begun.refusal() != null) {
      return Problem.of(409, "Nothing was begun", begun.refusal());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("replay", begun.replay());
    if (begun.quiet() != null) {
      answer.put("quiet", begun.quiet());
    }
    return Response.status(202).entity(answer).build();
  }

  private static ReplayWish wish(Fields fields) {
    var wish =
        new ReplayWish(
            fields.text("spoke"),
            fields.has("customer") ? fields.id("customer") : null,
            fields.optionalText("query"),
            time(fields, "since"),
            time(fields, "until"),
            fields.optionalYes("quiet"),
            fields.optionalYes("dryRun"));
    boolean all = fields.optionalYes("all");
    if (wish.isAll() && !all && !fields.has("customer")) {
      fields.mistake(
          "", "no customers are chosen", "customer, query, since or until; or all: true");
    } else if (!wish.isAll() && all) {
      fields.mistake("/all", "true beside a choice", "one or the other");
    }
    if (wish.since() != null && wish.until() != null && !wish.since().isBefore(wish.until())) {
      fields.mistake("/until", wish.until().toString(), "a time after since");
    }
    return wish;
  }

  private static Instant time(Fields fields, String name) {
    var text = fields.optionalText(name);
    var time = text == null ? null : Parameters.time(text);
    if (text != null && time == null) {
      fields.mistake("/" + name, text, "a time such as 2026-05-01T00:00:00Z");
    }
    return time;
  }

  @GET
  @Operation(summary = "The latest replays")
  public Map<String, Object> list() {
    return Map.of("items", replays.latest());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One replay: how far it is; of a dry run the first records that differ, too")
  public Response one(@PathParam("id") String id) {
    return number(id) < 0
        ? notFound(id)
        : replays.of(number(id)).map(one -> Response.ok(one).build()).orElseGet(() -> notFound(id));
  }

  @POST
  @Path("/{id}/{act: pause|resume|cancel}")
  @Operation(summary = "Pauses, resumes or cancels a replay")
  public Response act(
      @PathParam("id") String id, @PathParam("act") String act, @Context SecurityContext security) {
    var replay = number(id) < 0 ? null : replays.of(number(id)).orElse(null);
    if (replay == null) {
      return notFound(id);
    }
    var by = Answers.by(security);
    boolean done =
        switch (act) {
          case "pause" -> replays.pause(replay.id(), by);
          case "resume" -> replays.resume(replay.id(), by);
          default -> replays.cancel(replay.id(), by);
        };
    var expected =
        Map.of("pause", "running", "resume", "paused", "cancel", "running or paused").get(act);
    return done
        ? one(id)
        : Problem.of(
            409, "Nothing was done", "replay: " + replay.state() + " (expected: " + expected + ")");
  }

  private static long number(String id) {
    return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : -1;
  }

  private static Response notFound(String id) {
    return Problem.of(404, "Not found", "replay: " + id + " (expected: one of /api/replays)");
  }
}
