package io.nave.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.canonical.SourceKey;
import io.nave.platform.InvalidConfig;
import io.nave.sync.ApplyMatching;
import io.nave.sync.Evidence;
import io.nave.sync.PreviewMatching;
import io.nave.sync.PreviewMatching.Example;
import io.nave.sync.PreviewMatching.Part;
import io.nave.sync.PreviewMatching.Preview;
import io.nave.sync.PreviewMatching.Strongest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The rules of matching: what others would do, and how they are put into force. */
@Path("/api/matching")
@Tag(name = "matching")
@Produces("application/json")
@Blocking
public class MatchingResource {
  private static final int LARGEST = 1 << 20;

  private final PreviewMatching preview;
  private final ApplyMatching apply;

  MatchingResource(PreviewMatching preview, ApplyMatching apply) {
    this.preview = preview;
    this.apply = apply;
  }

  @GET
  @Produces("application/yaml")
  @Operation(summary = "The rules in force, as the file would say them")
  public String rules() {
    return apply.rules();
  }

  @POST
  @Path("/preview")
  @Consumes("*/*")
  @Operation(
      summary = "Which customers the rules in the body would merge, and which they would split")
  @APIResponse(responseCode = "200", description = "Looked at every record; changed nothing")
  @APIResponse(responseCode = "409", description = "Another preview is being made")
  @APIResponse(responseCode = "422", description = "All mistakes of the text, with their lines")
  public Response preview(String text) {
    return read(
        text,
        rules ->
            preview
                .of(rules)
                .map(made -> Response.ok(json(made).toString()).build())
                .orElseGet(MatchingResource::busy));
  }

  @POST
  @Path("/apply")
  @Consumes("*/*")
  @Operation(summary = "Puts the rules in the body into force; /api/status says how far it is")
  @APIResponse(responseCode = "202", description = "In force; all records are matched anew")
  @APIResponse(responseCode = "422", description = "All mistakes of the text, with their lines")
  public Response apply(String text) {
    return read(text, rules -> Response.accepted(apply.start(rules)).build());
  }

  private static Response busy() {
    return Problem.of(409, "Busy", "preview: another is being made (expected: one at a time)");
  }

  private static Response read(String text, Function<String, Response> use) {
    if (text == null || text.isBlank() || text.length() > LARGEST) {
      var detail = "body: empty or too large (expected: the text of matching.yaml)";
      return Problem.of(400, "No rules", detail);
    }
    try {
      return use.apply(text);
    } catch (InvalidConfig wrong) {
      List<String> mistakes = wrong.mistakes();
      return Problem.of(422, "Rules with mistakes", "See refused.", mistakes);
    }
  }

  private static ObjectNode json(Preview preview) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("records", preview.records());
    node.put("customers", preview.customers()).put("customersThen", preview.customersThen());
    var merges = node.putObject("merges").put("count", preview.merges().count());
    merges.put("customers", preview.merges().parts());
    examples(merges, preview.merges().examples());
    var splits = node.putObject("splits").put("count", preview.splits().count());
    splits.put("parts", preview.splits().parts());
    examples(splits, preview.splits().examples());
    return node;
  }

  private static void examples(ObjectNode node, List<Example> examples) {
    var array = node.putArray("examples");
    for (var example : examples) {
      var one = array.addObject();
      var parts = one.putArray("parts");
      example.parts().forEach(part -> part(parts.addObject(), part));
      if (example.strongest() != null) {
        strongest(one.putObject("strongest"), example.strongest());
      }
    }
  }

  private static void part(ObjectNode node, Part part) {
    node.put("customerId", part.customerId().toString()).put("size", part.size());
    ArrayNode records = node.putArray("records");
    part.records().forEach(key -> key(records.addObject(), key));
  }

  private static void strongest(ObjectNode node, Strongest strongest) {
    key(node.putObject("a"), strongest.a());
    key(node.putObject("b"), strongest.b());
    said(node.putObject("now"), strongest.now());
    said(node.putObject("then"), strongest.then());
  }

  private static void key(ObjectNode node, SourceKey key) {
    node.put("spoke", key.spoke()).put("recordId", key.recordId());
  }

  private static void said(ObjectNode node, Evidence said) {
    node.put("outcome", said.outcome()).put("weight", rounded(said.weight()));
    node.put("rule", said.rule());
    var reasons = node.putArray("reasons");
    for (var reason : said.reasons()) {
      reasons
          .addObject()
          .put("attribute", reason.attribute())
          .put("words", reason.words())
          .put("weight", rounded(reason.weight()));
    }
  }

  private static double rounded(double bits) {
    return Math.round(bits * 100) / 100.0;
  }
}
