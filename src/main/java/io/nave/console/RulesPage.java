package io.nave.console;

import io.nave.platform.InvalidConfig;
import io.nave.sync.ApplyMatching;
import io.nave.sync.PreviewMatching;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What other rules of matching would do to the customers there are. Changes nothing. */
@Page
@Path("/review/rules")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class RulesPage {
  private final PreviewMatching preview;
  private final ApplyMatching apply;

  RulesPage(PreviewMatching preview, ApplyMatching apply) {
    this.preview = preview;
    this.apply = apply;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance inForce() {
    return Templates.rules(new RulesView(apply.rules(), List.of(), false, null));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response tried(@FormParam("rules") @DefaultValue("") String rules) {
    try {
      var made = preview.of(rules);
      var shown = made.map(RulesView.Preview::of).orElse(null);
      var view = new RulesView(rules, List.of(), made.isEmpty(), shown);
      return Response.status(made.isEmpty() ? 409 : 200).entity(Templates.rules(view)).build();
    } catch (InvalidConfig wrong) {
      var view = new RulesView(rules, wrong.mistakes(), false, null);
      return Response.status(422).entity(Templates.rules(view)).build();
    }
  }
}
