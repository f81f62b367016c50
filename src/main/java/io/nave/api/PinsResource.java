package io.nave.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.PinAttributes;
import io.nave.sync.PinOutcome;
import io.nave.sync.PinWish;
import io.nave.sync.StoredPin;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where stewards pin what is to survive. */
@Path("/api")
@Tag(name = "pins")
@Produces("application/json")
@Blocking
public class PinsResource {
  private static final Set<String> FIELDS = Set.of("value", "from", "anchor", "reason", "by");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final PinAttributes pins;

  PinsResource(PinAttributes pins) {
    this.pins = pins;
  }

  /** The newest first, also those that were retracted. */
  @GET
  @Path("/customers/{id}/pins")
  @Operation(summary = "What stewards pinned and retracted for a customer, and why")
  public Response list(@PathParam("id") String id) {
    var customer = Parameters.uuid(id);
    if (customer == null) {
      return Parameters.notAnId(id);
    }
    var found = pins.of(customer);
    if (found.isEmpty()) {
      return Problem.of(404, "No such customer", "id: " + id);
    }
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("pins");
    found.get().forEach(pin -> list.add(json(pin)));
    return Response.ok(answer.toString()).build();
  }

  private static ObjectNode json(StoredPin pin) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("attribute", pin.attribute());
    if (pin.value() != null) {
      node.set("value", pin.value());
    } else {
      node.set("from", key(pin.from()));
    }
    node.set("anchor", key(pin.anchor()));
    node.put("reason", pin.reason()).put("by", pin.by()).put("at", pin.at().toString());
    if (pin.retractedAt() != null) {
      node.put("retractedBy", pin.retractedBy()).put("retractedAt", pin.retractedAt().toString());
    }
    return node;
  }

  private static ObjectNode key(SourceKey key) {
    var node = JsonNodeFactory.instance.objectNode();
    return node.put("spoke", key.spoke()).put("recordId", key.recordId());
  }

  /**
   * The body: {@code {"value": …}} or {@code {"from": {"spoke", "recordId"}}}, and {@code reason},
   * {@code by}, and an {@code anchor} if they are wanted.
   */
  @PUT
  @Path("/customers/{id}/pins/{attribute}")
  @Consumes({"application/json", "*/*"})
  @Operation(summary = "Pins an attribute: a value, or what one of the customer's records says")
  @APIResponse(responseCode = "200", description = "In force; says the customer's version")
  @APIResponse(responseCode = "409", description = "The customer was merged; says into which")
  @APIResponse(responseCode = "422", description = "Not such a value or record; says why")
  public Response pin(
      @PathParam("id") String id, @PathParam("attribute") String attribute, String body) {
    return answer(id, customer -> pin(customer, attribute, body));
  }

  private Response pin(java.util.UUID customer, String attribute, String body) {
    JsonNode json;
    try {
      json = JSON.readTree(body == null ? "" : body);
    } catch (JsonProcessingException wrong) {
      return Problem.of(400, "Not JSON", wrong.getOriginalMessage());
    }
    var refused = mistakes(json);
    if (!refused.isEmpty()) {
      return Problem.of(422, "Not a pin", "See refused.", refused);
    }
    var wish =
        new PinWish(
            attribute,
            json.hasNonNull("value") ? json.get("value") : null,
            key(json.get("from")),
            key(json.get("anchor")),
            json.path("reason").asText(null),
            json.path("by").asText(null));
    return response(pins.pin(customer, wish));
  }

  /** What is wrong with the shape of the body. */
  private static List<Mistake> mistakes(JsonNode json) {
    var mistakes = new ArrayList<Mistake>();
    if (!json.isObject()) {
      mistakes.add(new Mistake("", "body: no object (expected: {\"value\": …} or {\"from\": …})"));
      return mistakes;
    }
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        var expected = " (expected: value, from, anchor, reason, by)";
        mistakes.add(
            new Mistake("/" + field.getKey(), field.getKey() + ": unknown field" + expected));
      }
    }
    for (var named : List.of("from", "anchor")) {
      if (json.hasNonNull(named) && key(json.get(named)) == null) {
        mistakes.add(
            new Mistake("/" + named, named + ": no record (expected: {\"spoke\", \"recordId\"})"));
      }
    }
    for (var named : List.of("reason", "by")) {
      if (json.hasNonNull(named) && !json.get(named).isTextual()) {
        mistakes.add(new Mistake("/" + named, named + ": no text (expected: a text)"));
      }
    }
    return mistakes;
  }

  private static SourceKey key(JsonNode node) {
    boolean whole =
        node != null && node.path("spoke").isTextual() && node.path("recordId").isTextual();
    return whole
        ? new SourceKey(node.get("spoke").textValue(), node.get("recordId").textValue())
        : null;
  }

  @DELETE
  @Path("/customers/{id}/pins/{attribute}")
  @Operation(summary = "Retracts the pins of an attribute; what the rules say survives again")
  public Response retract(
      @PathParam("id") String id,
      @PathParam("attribute") String attribute,
      @QueryParam("by") String by) {
    return answer(id, customer -> response(pins.retract(customer, attribute, by)));
  }

  private static Response answer(String id, Function<java.util.UUID, Response> use) {
    var customer = Parameters.uuid(id);
    return customer == null ? Parameters.notAnId(id) : use.apply(customer);
  }

  private static Response response(PinOutcome outcome) {
    if (outcome instanceof PinOutcome.Done done) {
      return Response.ok(done).build();
    }
    if (outcome instanceof PinOutcome.Merged merged) {
      var problem =
          Problem.of(409, "Merged", "id: merged (expected: the id " + merged.into() + ")");
      var location = URI.create("/api/customers/" + merged.into());
      return Response.fromResponse(problem).header("Content-Location", location).build();
    }
    if (outcome instanceof PinOutcome.Refused refused) {
      return Problem.of(422, "Not a pin", "See refused.", refused.refusals());
    }
    return outcome instanceof PinOutcome.NoPin
        ? Problem.of(404, "No such pin", "attribute: nothing is pinned")
        : Problem.of(404, "No such customer", "id: unknown");
  }

  /** A part of the body that is not as expected; {@code pointer} is a JSON pointer. */
  private record Mistake(String pointer, String message) {}
}
