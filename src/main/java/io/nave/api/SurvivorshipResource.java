package io.nave.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.platform.InvalidConfig;
import io.nave.sync.ApplySurvivorship;
import io.nave.sync.PreviewSurvivorship;
import io.nave.sync.PreviewSurvivorship.Preview;
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

/** The rules of survivorship: what others would do, and how they are put into force. */
@Path("/api/survivorship")
@Tag(name = "survivorship")
@Produces("application/json")
@Blocking
public class SurvivorshipResource {
  private static final int LARGEST = 1 << 20;

  private final PreviewSurvivorship preview;
  private final ApplySurvivorship apply;

  SurvivorshipResource(PreviewSurvivorship preview, ApplySurvivorship apply) {
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
  @Operation(summary = "What the rules in the body would change, attribute by attribute")
  @APIResponse(responseCode = "200", description = "Looked at every customer; changed nothing")
  @APIResponse(responseCode = "422", description = "All mistakes of the text, with their lines")
  public Response preview(String text) {
    return read(text, rules -> Response.ok(json(preview.of(rules)).toString()).build());
  }

  @POST
  @Path("/apply")
  @Consumes("*/*")
  @Operation(summary = "Puts the rules in the body into force; /api/status says how far it is")
  @APIResponse(responseCode = "202", description = "In force; all customers are computed anew")
  @APIResponse(responseCode = "422", description = "All mistakes of the text, with their lines")
  public Response apply(String text) {
    return read(text, rules -> Response.accepted(apply.start(rules)).build());
  }

  private static Response read(String text, Function<String, Response> use) {
    if (text == null || text.isBlank() || text.length() > LARGEST) {
      var detail = "body: empty or too large (expected: the text of survivorship.yaml)";
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
    node.put("customers", preview.customers()).put("changing", preview.changing());
    var attributes = node.putObject("attributes");
    preview
        .attributes()
        .forEach(
            (key, counted) -> {
              var one = attributes.putObject(key).put("customers", counted.customers());
              var examples = one.putArray("examples");
              for (var example : counted.examples()) {
                var change = (ObjectNode) Changes.json(List.of(example.change())).get(0);
                change.put("customerId", example.customerId().toString());
                examples.add(change);
              }
            });
    return node;
  }
}
