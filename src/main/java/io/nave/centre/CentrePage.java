package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.centre.Reception.Caller;
import io.nave.centre.Reception.Refusal;
import io.nave.sync.ConsentReceipts;
import io.nave.sync.Link.Use;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** The pages behind a link. A GET shows, a POST acts. */
@Centre
@Path("/centre/l/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CentrePage {
  private static final String ONE_CLICK = "List-Unsubscribe";
  private static final Set<Use> EVERY_USE = Set.of(Use.values());

  private final Reception reception;
  private final ShowPage show;
  private final ShowKnown known;
  private final Questions questions;
  private final Acts acts;
  private final ConsentReceipts receipts;
  private final Refusal refusal = new Refused();

  CentrePage(
      Reception reception,
      ShowPage show,
      ShowKnown known,
      Questions questions,
      Acts acts,
      ConsentReceipts receipts) {
    this.reception = reception;
    this.show = show;
    this.known = known;
    this.questions = questions;
    this.acts = acts;
    this.receipts = receipts;
  }

  @GET
  @Operation(hidden = true)
  public CompletionStage<Response> look(
      @PathParam("token") String token,
      @QueryParam("lang") String language,
      @QueryParam("done") String done,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    return with(
        token,
        language,
        request,
        headers,
        visit ->
            visit.opened().link().use() == Use.manage
                ? page(
                    200, Templates.manage(show.of(visit, acts.notice(visit, done), null, Map.of())))
                : page(200, Templates.plain(questions.ask(visit))));
  }

  /** The part of the page that says which systems know. */
  @GET
  @Path("known")
  @Operation(hidden = true)
  public CompletionStage<Response> known(
      @PathParam("token") String token,
      @QueryParam("lang") String language,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    return with(
        token,
        language,
        request,
        headers,
        visit -> {
          var view = visit.opened().link().use() == Use.manage ? known.of(visit) : null;
          return view == null ? Response.noContent().build() : page(200, Templates.known(view));
        });
  }

  /** Everything that is known of her. */
  @GET
  @Path("data")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public CompletionStage<Response> data(
      @PathParam("token") String token,
      @QueryParam("lang") String language,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    return reception.admit(
        new Caller(token, language, request, headers),
        Set.of(Use.manage),
        refusal,
        visit -> file("my-data.json", OwnFile.of(visit)));
  }

  /** The signed receipt for one of her entries in the ledger. */
  @GET
  @Path("receipts/{entry}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public CompletionStage<Response> receipt(
      @PathParam("token") String token,
      @PathParam("entry") String entry,
      @QueryParam("lang") String language,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    return reception.admit(
        new Caller(token, language, request, headers),
        Set.of(Use.manage),
        refusal,
        visit ->
            entry.matches("\\d{1,18}")
                ? receipt(visit, Long.parseLong(entry), language, headers)
                : refused(language, headers));
  }

  private Response receipt(Visit visit, long entry, String language, HttpHeaders headers) {
    var answer = receipts.of(visit.opened().customerId(), entry);
    if (answer instanceof ConsentReceipts.Receipt receipt) {
      return file("receipt-" + entry + ".json", receipt.file());
    }
    return answer instanceof ConsentReceipts.NotYet
        ? Response.status(503).header("Retry-After", "1").build()
        : refused(language, headers);
  }

  private static Response file(String name, JsonNode content) {
    return Response.ok(content.toPrettyString(), MediaType.APPLICATION_JSON)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public CompletionStage<Response> act(
      @PathParam("token") String token,
      @QueryParam("lang") String language,
      MultivaluedMap<String, String> fields,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    var form = new Form(fields);
    return with(token, language, request, headers, visit -> act(visit, form));
  }

  /** Mail programs may send the one click of RFC 8058 like this, too. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public CompletionStage<Response> clicked(
      @PathParam("token") String token,
      @QueryParam("lang") String language,
      MultipartFormDataInput parts,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers) {
    var click =
        parts.getValues().getOrDefault(ONE_CLICK, java.util.List.of()).stream()
            .filter(part -> !part.isFileItem())
            .map(part -> part.getValue())
            .toList();
    var form = new Form(Map.of(ONE_CLICK, click));
    return with(token, language, request, headers, visit -> act(visit, form));
  }

  private Response act(Visit visit, Form form) {
    return switch (visit.opened().link().use()) {
      case manage -> acts.manage(visit, form);
      case unsubscribe -> acts.unsubscribe(visit, form, form.text(ONE_CLICK).equals("One-Click"));
      case confirm -> acts.confirm(visit).orElseGet(() -> refused(visit.wording().code(), null));
    };
  }

  // -- who may come in

  private CompletionStage<Response> with(
      String token,
      String language,
      HttpServerRequest request,
      HttpHeaders headers,
      Function<Visit, Response> answer) {
    var caller = new Caller(token, language, request, headers);
    return reception.admit(caller, EVERY_USE, refusal, answer);
  }

  private final class Refused implements Refusal {
    @Override
    public Response refused(Caller caller) {
      return CentrePage.this.refused(caller.language(), caller.headers());
    }

    @Override
    public Response busy(Caller caller, Duration pause) {
      var page = page(429, Templates.plain(questions.busy(caller.language(), caller.accepted())));
      return Response.fromResponse(page).header("Retry-After", pause.toSeconds()).build();
    }
  }

  private Response refused(String language, HttpHeaders headers) {
    var accepted = headers == null ? null : headers.getHeaderString("Accept-Language");
    return page(404, Templates.plain(questions.refused(language, accepted)));
  }

  static Response page(int status, TemplateInstance page) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .entity(page.render())
        .build();
  }
}
