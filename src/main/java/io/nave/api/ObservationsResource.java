package io.nave.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nave.sync.ObservationLog.LogUnavailable;
import io.nave.sync.ReceiveObservations;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where anyone may write observations. */
@Path("/api/observations")
@Tag(name = "observations")
@Produces("application/json")
public class ObservationsResource {
  private static final int MOST = 10_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final ReceiveObservations receive;

  ObservationsResource(ReceiveObservations receive) {
    this.receive = receive;
  }

  /** One object, an array, or NDJSON: values of JSON one after the other. */
  @POST
  @Blocking
  @Consumes({"application/json", "application/x-ndjson", "application/ndjson", "*/*"})
  @Operation(summary = "Receives observations: one JSON object, an array, or NDJSON")
  @APIResponse(
      responseCode = "202",
      description = "Accepted: durable in the log. Says what was not")
  @APIResponse(responseCode = "400", description = "Not JSON; nothing was accepted")
  @APIResponse(responseCode = "422", description = "Nothing was accepted; says why for each item")
  @APIResponse(responseCode = "503", description = "The log cannot take them now; send them again")
  public Response post(InputStream body) {
    List<JsonNode> items;
    try {
      items = items(body);
    } catch (JsonProcessingException wrong) {
      return Problem.of(400, "Not JSON", place(wrong));
    } catch (IOException | IllegalArgumentException wrong) {
      return Problem.of(400, "Not readable", wrong.getMessage());
    }
    try {
      var receipt = receive.receive(items);
      if (receipt.accepted() == 0 && !receipt.refused().isEmpty()) {
        return Problem.of(422, "Nothing was accepted", "See refused.", receipt.refused());
      }
      return Response.accepted(receipt).build();
    } catch (LogUnavailable away) {
      var problem = Problem.of(503, "The log cannot take observations now", "Send them again.");
      return Response.fromResponse(problem).header("Retry-After", "2").build();
    }
  }

  private static List<JsonNode> items(InputStream body) throws IOException {
    var items = new ArrayList<JsonNode>();
    try (JsonParser parser = JSON.createParser(body);
        MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(parser)) {
      while (values.hasNextValue()) {
        var value = values.nextValue();
        if (value.isArray()) {
          value.forEach(items::add);
        } else {
          items.add(value);
        }
      }
    }
    if (items.isEmpty() || items.size() > MOST) {
      throw new IllegalArgumentException(
          "observations: " + items.size() + " (expected: 1 to " + MOST + " in a request)");
    }
    return items;
  }

  static String place(JsonProcessingException wrong) {
    var at = wrong.getLocation();
    return at == null
        ? wrong.getOriginalMessage()
        : "line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ": "
            + wrong.getOriginalMessage();
  }
}
