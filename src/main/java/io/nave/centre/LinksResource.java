package io.nave.centre;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.consent.Purposes;
import io.nave.sync.Link.Use;
import io.nave.sync.LinkWish;
import io.nave.sync.Links;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes links to the preference centre, for mails and campaigns. */
@Path("/api")
@Tag(name = "links")
@Produces("application/json")
@Blocking
public class LinksResource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 10_000;
  private static final int BATCH = 500;

  private final Links links;
  private final LinkWishes wishes;
  private final CentreAddress address;

  LinksResource(Links links, CentreConfig config, Purposes purposes, CentreAddress address) {
    this.links = links;
    this.wishes = new LinkWishes(config, purposes);
    this.address = address;
  }

  /** One item or an array, answered by a list; or NDJSON, answered by NDJSON, a line for a line. */
  @POST
  @Path("/links")
  @Consumes({"application/json", "application/x-ndjson", "application/ndjson"})
  @Produces({"application/json", "application/x-ndjson"})
  @Operation(summary = "Makes signed links to the preference centre, with List-Unsubscribe headers")
  @APIResponse(responseCode = "200", description = "An answer for each item, in their order")
  @APIResponse(responseCode = "422", description = "No item was understood; says why for each")
  public Response make(
      InputStream body,
      @Context SecurityContext security,
      @Context jakarta.ws.rs.core.HttpHeaders headers) {
    var items = new ArrayList<JsonNode>();
    try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(body)) {
      while (values.hasNextValue()) {
        var value = values.nextValue();
        (value.isArray() ? value : List.of(value)).forEach(items::add);
      }
    } catch (JsonProcessingException wrong) {
      return problem(400, "Not JSON", "line " + wrong.getLocation().getLineNr());
    } catch (IOException wrong) {
      return problem(400, "Not readable", "body: broken (expected: JSON)");
    }
    if (items.isEmpty() || items.size() > MOST) {
      var words = "links: " + items.size() + " (expected: 1 to " + MOST + " in a request)";
      return problem(422, "Nothing was made", words);
    }
    boolean lines = headers.getMediaType().getSubtype().endsWith("ndjson");
    return answer(answers(items, by(security)), lines);
  }

  private static Response answer(List<ObjectNode> answers, boolean lines) {
    if (lines) {
      var text = new StringBuilder();
      answers.forEach(one -> text.append(one).append('\n'));
      return Response.ok(text.toString(), "application/x-ndjson").build();
    }
    boolean none = answers.stream().noneMatch(one -> one.has("links"));
    var all = JsonNodeFactory.instance.objectNode();
    all.putArray("items").addAll(answers);
    if (none) {
      all.put("type", "about:blank").put("title", "Nothing was made").put("status", 422);
    }
    return Response.status(none ? 422 : 200)
        .type(none ? "application/problem+json" : "application/json")
        .header("Cache-Control", "no-store")
        .entity(all.toString())
        .build();
  }

  private List<ObjectNode> answers(List<JsonNode> items, String by) {
    var answers = new ArrayList<ObjectNode>();
    for (int from = 0; from < items.size(); from += BATCH) {
      batch(items, from, Math.min(items.size(), from + BATCH), by, answers);
    }
    return answers;
  }

  private void batch(List<JsonNode> items, int from, int to, String by, List<ObjectNode> answers) {
    var wanted = new ArrayList<LinkWish>();
    var owners = new ArrayList<ObjectNode>();
    for (int i = from; i < to; i++) {
      var answer = JsonNodeFactory.instance.objectNode().put("index", i);
      answers.add(answer);
      try {
        for (var wish : wishes.read(items.get(i))) {
          wanted.add(wish);
          owners.add(answer);
        }
      } catch (LinkWishes.Mistake mistake) {
        refuse(answer, mistake.pointer(), mistake.getMessage());
      }
    }
    var made = wanted.isEmpty() ? List.<Links.Answer>of() : links.make(wanted, by);
    for (int i = 0; i < made.size(); i++) {
      tell(owners.get(i), wanted.get(i).use(), made.get(i));
    }
  }

  private static void refuse(ObjectNode answer, String pointer, String message) {
    answer.put("pointer", pointer).put("message", message);
  }

  private void tell(ObjectNode answer, Use use, Links.Answer link) {
    if (link instanceof Links.NotMade not) {
      refuse(answer, not.pointer(), not.message());
      return;
    }
    var made = (Links.Made) link;
    var url = address.of(made.token());
    answer
        .withArray("links")
        .addObject()
        .put("use", use.name())
        .put("id", made.id().toString())
        .put("url", url)
        .put("expiresAt", made.expiresAt().toString());
    if (use == Use.unsubscribe) {
      answer
          .putObject("headers")
          .put("List-Unsubscribe", "<" + url + ">")
          .put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
  }

  @DELETE
  @Path("/links/{id}")
  @Operation(summary = "Ends a link")
  @APIResponse(responseCode = "204", description = "It works no more")
  @APIResponse(responseCode = "404", description = "There is none that works")
  public Response revoke(@PathParam("id") UUID id) {
    return links.revoke(id)
        ? Response.noContent().build()
        : problem(404, "No such link", "id: " + id + " (expected: a link that works)");
  }

  @DELETE
  @Path("/customers/{id}/links")
  @Operation(summary = "Ends all links of a customer")
  public Map<String, Integer> revokeAll(@PathParam("id") UUID id) {
    return Map.of("revoked", links.revokeAll(id));
  }

  private static String by(SecurityContext security) {
    var who = security.getUserPrincipal();
    return who == null || who.getName() == null || who.getName().isBlank() ? "api" : who.getName();
  }

  private static Response problem(int status, String title, String detail) {
    var problem = Map.of("type", "about:blank", "title", title, "status", status, "detail", detail);
    return Response.status(status).type("application/problem+json").entity(problem).build();
  }
}
