package io.nave.centre;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.centre.MeForm.Mistake;
import io.nave.centre.Reception.Caller;
import io.nave.centre.Reception.Refusal;
import io.nave.sync.Link.Use;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The preference centre for the company's own pages and apps. Who holds a link that manages is the
 * customer; its token stands in a header, never in the address.
 */
@Centre
@Embedded
@Path("/centre/api/me")
@Tag(name = "preference centre")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class MeResource {
  private static final int LARGEST = 64 * 1024;
  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Reception reception;
  private final Visits visits;
  private final ShowPage show;
  private final Acts acts;
  private final CentreConfig config;
  private final Refusal refusal = new Refused();

  MeResource(Reception reception, Visits visits, ShowPage show, Acts acts, CentreConfig config) {
    this.reception = reception;
    this.visits = visits;
    this.show = show;
    this.acts = acts;
    this.config = config;
  }

  @GET
  @Operation(summary = "What the holder of a manage link can see and change")
  @APIResponse(responseCode = "200", description = "Profile, purposes, preferences, history")
  @APIResponse(responseCode = "404", description = "The token is not one that works here")
  @APIResponse(responseCode = "429", description = "Too many requests; see Retry-After")
  public CompletionStage<Response> look(
      @HeaderParam("Authorization") String authorization,
      @QueryParam("lang") String language,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    var caller = new Caller(token(authorization), language, request, headers);
    return reception.admit(
        caller,
        Set.of(Use.manage),
        refusal,
        visit -> Response.ok(new MeView(visit, page(visit), config).json()).build());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes what the body says, and answers with what is so now")
  @APIResponse(responseCode = "200", description = "As above, and how much was changed")
  @APIResponse(responseCode = "422", description = "Nothing was saved; says why")
  public CompletionStage<Response> act(
      @HeaderParam("Authorization") String authorization,
      @QueryParam("lang") String language,
      InputStream body,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    var caller = new Caller(token(authorization), language, request, headers);
    return reception.admit(caller, Set.of(Use.manage), refusal, visit -> act(caller, visit, body));
  }

  /** Browsers ask before they send a page's request to another site: {@link EmbeddedHeaders}. */
  @OPTIONS
  @Operation(hidden = true)
  public Response ask() {
    return Response.noContent().build();
  }

  private static String token(String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  private PageView page(Visit visit) {
    return show.of(visit, null, null, Map.of());
  }

  // -- acting

  private Response act(Caller caller, Visit visit, InputStream body) {
    JsonNode sent;
    try {
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        return problem(413, "Too large", "body: (expected: at most 64 KiB)", List.of());
      }
      sent = JSON.readTree(bytes);
    } catch (JsonProcessingException wrong) {
      var line = wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr();
      return problem(400, "Not JSON", "line " + line, List.of());
    } catch (IOException broken) {
      return problem(400, "Not readable", "body: broken (expected: JSON)", List.of());
    }
    return act(caller, visit, MeForm.read(sent, page(visit), visit.standing()));
  }

  private Response act(Caller caller, Visit visit, MeForm form) {
    if (!form.mistakes().isEmpty()) {
      return unsaved(form.mistakes());
    }
    var outcome = form.stopsAll() ? acts.stopAll(visit) : acts.save(visit, form.form());
    if (!outcome.errors().isEmpty()) {
      return unsaved(
          outcome.errors().entrySet().stream()
              .map(
                  one -> new Mistake(form.place(one.getKey()), visit.wording().say(one.getValue())))
              .toList());
    }
    var now =
        visits
            .of(caller.token(), visit.opened(), caller.language(), caller.headers())
            .orElseThrow();
    var json = new MeView(now, page(now), config).json();
    return Response.ok(json.put("changes", outcome.changes())).build();
  }

  private static Response unsaved(List<Mistake> mistakes) {
    return problem(422, "Nothing was saved", mistakes.get(0).message(), mistakes);
  }

  private static Response problem(int status, String title, String detail, List<Mistake> mistakes) {
    var problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank").put("title", title).put("status", status);
    if (detail != null) {
      problem.put("detail", detail);
    }
    if (!mistakes.isEmpty()) {
      var refused = problem.putArray("refused");
      mistakes.forEach(
          one -> refused.addObject().put("pointer", one.pointer()).put("message", one.message()));
    }
    return Response.status(status).type("application/problem+json").entity(problem).build();
  }

  private static final class Refused implements Refusal {
    @Override
    public Response refused(Caller caller) {
      var detail = "Authorization (expected: Bearer and the token of a link that works)";
      return problem(404, "Nobody here", detail, List.of());
    }

    @Override
    public Response busy(Caller caller, Duration pause) {
      return Response.fromResponse(problem(429, "Too many requests", null, List.of()))
          .header("Retry-After", pause.toSeconds())
          .build();
    }
  }
}
