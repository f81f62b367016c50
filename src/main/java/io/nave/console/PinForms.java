package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.PinAttributes;
import io.nave.sync.PinOutcome;
import io.nave.sync.PinWish;
import io.nave.sync.Refusal;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The forms by which a steward pins and unpins; they need no JavaScript. */
@Page
@Path("/customers")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Blocking
public class PinForms {
  private final PinAttributes pins;

  PinForms(PinAttributes pins) {
    this.pins = pins;
  }

  /** With {@code spoke} and {@code record}: what that record says; else {@code value}. */
  @POST
  @Path("{id}/pins")
  @Operation(hidden = true)
  public Response pin(
      @PathParam("id") String id,
      @FormParam("attribute") String attribute,
      @FormParam("value") String value,
      @FormParam("spoke") String spoke,
      @FormParam("record") String record,
      @FormParam("reason") String reason,
      @FormParam("by") String by,
      @HeaderParam("Sec-Fetch-Site") String site) {
    var from = spoke == null || record == null ? null : new SourceKey(spoke, record);
    boolean typed = from == null && value != null && !value.isBlank();
    var key = attribute == null ? "" : attribute;
    var json = typed ? json(key, value.strip()) : null;
    return done(id, site, uuid -> pins.pin(uuid, new PinWish(key, json, from, null, reason, by)));
  }

  @POST
  @Path("{id}/pins/retract")
  @Operation(hidden = true)
  public Response retract(
      @PathParam("id") String id,
      @FormParam("attribute") String attribute,
      @FormParam("by") String by,
      @HeaderParam("Sec-Fetch-Site") String site) {
    return done(id, site, uuid -> pins.retract(uuid, attribute == null ? "" : attribute, by));
  }

  /** What a person types for an attribute, as the model has it. */
  private static JsonNode json(String attribute, String typed) {
    return switch (attribute) {
      case "emails", "phones" -> JsonNodeFactory.instance.objectNode().put("value", typed);
      case "name" -> JsonNodeFactory.instance.objectNode().put("full", typed);
      default -> TextNode.valueOf(typed);
    };
  }

  private interface Use {
    PinOutcome of(UUID customer);
  }

  /** Only the console's own pages may send forms. */
  private static Response done(String id, String site, Use use) {
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return refused(403, id, List.of("form: from another site (expected: from this console)"));
    }
    try {
      return response(id, use.of(UUID.fromString(id)));
    } catch (IllegalArgumentException unknown) {
      return page(404, Templates.missing(id).render());
    }
  }

  private static Response response(String id, PinOutcome outcome) {
    if (outcome instanceof PinOutcome.Refused refused) {
      return refused(422, id, refused.refusals().stream().map(Refusal::message).toList());
    }
    if (outcome instanceof PinOutcome.NoCustomer) {
      return page(404, Templates.missing(id).render());
    }
    return Response.seeOther(URI.create("/customers/" + id)).build();
  }

  private static Response refused(int status, String id, List<String> reasons) {
    return page(status, Templates.refused(id, reasons).render());
  }

  private static Response page(int status, String page) {
    return Response.status(status).entity(page).build();
  }
}
