package io.nave.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nave.canonical.SourceKey;
import io.nave.console.GroupView.ItemView;
import io.nave.console.GroupView.Notice;
import io.nave.sync.DeadLetters;
import io.nave.sync.DeadLetters.Letter;
import io.nave.sync.ObservationLog.LogUnavailable;
import io.nave.sync.Quarantined;
import io.nave.sync.Quarantined.Message;
import io.nave.sync.Selection;
import io.nave.sync.Waiting;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What waits for a person, by cause, and what she does with it. Works without scripts. */
@Page
@Path("/waiting")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class WaitingPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 25;

  private final Waiting waiting;
  private final DeadLetters letters;
  private final Quarantined quarantined;
  private final Clock clock;

  WaitingPage(Waiting waiting, DeadLetters letters, Quarantined quarantined, Clock clock) {
    this.waiting = waiting;
    this.letters = letters;
    this.quarantined = quarantined;
    this.clock = clock;
  }

  @GET
  @Operation(hidden = true)
  public TemplateInstance page(
      @QueryParam("did") @DefaultValue("") String did,
      @QueryParam("n") @DefaultValue("") String n) {
    return Templates.waiting(
        views(waiting.invalidMessages()), views(waiting.deadLetters()), notice(did, n));
  }

  private static Notice notice(String did, String n) {
    boolean known = List.of("retried", "taken", "discarded").contains(did);
    return known && n.matches("[0-9]{1,9}")
        ? new Notice(did, Numbers.whole(Long.parseLong(n)))
        : null;
  }

  private List<CauseView> views(List<Waiting.Cause> causes) {
    var now = clock.instant();
    return causes.stream()
        .map(c -> new CauseView(c, Moment.of(c.first(), now), Moment.of(c.last(), now)))
        .toList();
  }

  // -- failed deliveries

  @GET
  @Path("dead")
  @Operation(hidden = true)
  public TemplateInstance dead(
      @QueryParam("spoke") @DefaultValue("") String spoke,
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("cause") String cause,
      @QueryParam("after") String after) {
    var which = Selection.of(spoke, orNull(kind), cause);
    var from = after == null ? null : new SourceKey(spoke, after);
    var found = letters.list(which, from, ROWS);
    var next = found.size() < ROWS ? null : found.get(ROWS - 1).target();
    return Templates.dead(
        new GroupView(
            spoke,
            kind,
            cause == null ? "" : cause,
            found.stream().map(this::item).toList(),
            null,
            next == null ? null : address("dead", spoke, kind, cause, next)));
  }

  private ItemView item(Letter letter) {
    return new ItemView(
        letter.target(),
        letter.customerId().toString(),
        letter.version(),
        letter.error(),
        letter.attempts(),
        Moment.of(letter.failedAt(), clock.instant()),
        letter.held() == null && letter.target().startsWith("+"),
        false,
        pretty(letter.payload()),
        pretty(letter.held()));
  }

  private static String address(
      String list, String spoke, String kind, String cause, Object after) {
    var address = UriBuilder.fromPath("/waiting/" + list).queryParam("spoke", "{spoke}");
    address.queryParam("kind", "{kind}").queryParam("after", "{after}");
    return cause == null
        ? address.build(spoke, kind, after).toString()
        : address.queryParam("cause", "{cause}").build(spoke, kind, after, cause).toString();
  }

  private static String pretty(JsonNode node) {
    return node == null ? null : node.toPrettyString();
  }

  @POST
  @Path("dead/retry")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response retry(
      @FormParam("spoke") String spoke,
      @FormParam("kind") String kind,
      @FormParam("cause") String cause,
      @FormParam("one") String one,
      @Context SecurityContext security) {
    return spoke == null || spoke.isBlank()
        ? missing("spoke: missing")
        : done("retried", letters.retry(which(spoke, kind, cause, one), Steward.by(security)));
  }

  @POST
  @Path("dead/discard")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response discard(
      @FormParam("spoke") String spoke,
      @FormParam("kind") String kind,
      @FormParam("cause") String cause,
      @FormParam("one") String one,
      @FormParam("reason") String reason,
      @Context SecurityContext security) {
    if (spoke == null || spoke.isBlank() || reason == null || reason.isBlank()) {
      return missing("spoke, reason: missing");
    }
    var which = which(spoke, kind, cause, one);
    return done("discarded", letters.discard(which, reason.strip(), Steward.by(security)));
  }

  // -- quarantine

  @GET
  @Path("quarantine")
  @Operation(hidden = true)
  public TemplateInstance quarantine(
      @QueryParam("spoke") @DefaultValue("") String spoke,
      @QueryParam("cause") String cause,
      @QueryParam("after") @DefaultValue("0") long after) {
    var which = Selection.of(spoke, null, cause);
    return Templates.quarantine(quarantine(which, after, null, null));
  }

  /**
   * @param typed what an operator made of the one message that is shown; null: nothing
   */
  private GroupView quarantine(Selection which, long after, String typed, String refused) {
    var found = quarantined.list(which, after, ROWS);
    var next = found.size() < ROWS ? null : found.get(ROWS - 1).id();
    return new GroupView(
        which.spoke(),
        "",
        which.cause() == null ? "" : which.cause(),
        found.stream().map(message -> item(message, typed)).toList(),
        refused,
        next == null ? null : address("quarantine", which.spoke(), "", which.cause(), next));
  }

  private ItemView item(Message message, String typed) {
    return new ItemView(
        Long.toString(message.id()),
        null,
        0,
        message.cause(),
        0,
        Moment.of(message.receivedAt(), clock.instant()),
        false,
        message.fromLog(),
        typed == null ? readable(message.payload()) : typed,
        null);
  }

  /** Indented where it is JSON. */
  private static String readable(String payload) {
    try {
      return JSON.readTree(payload).toPrettyString();
    } catch (JsonProcessingException other) {
      return payload;
    }
  }

  /** All of a cause as they are, or one with what was typed. */
  @POST
  @Path("quarantine/retry")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response takeIn(
      @FormParam("spoke") String spoke,
      @FormParam("cause") String cause,
      @FormParam("one") String one,
      @FormParam("payload") String payload,
      @Context SecurityContext security) {
    if (spoke == null || spoke.isBlank()) {
      return missing("spoke: missing");
    }
    try {
      var by = Steward.by(security);
      var done =
          one == null || payload == null
              ? quarantined.retry(which(spoke, null, cause, one), by)
              : quarantined.correct(Long.parseLong(one), payload, by);
      if (done == null || done.refused() == 0) {
        return done("taken", done == null ? 0 : done.accepted());
      }
      var view =
          payload == null
              ? quarantine(Selection.of(spoke, null, null), 0, null, done.firstCause())
              : quarantine(Selection.one(spoke, one), 0, payload, done.firstCause());
      return Response.status(422).entity(Templates.quarantine(view).render()).build();
    } catch (LogUnavailable unavailable) {
      return Steward.refused(503, List.of("log: away (expected: Kafka)"), List.of(), "/waiting");
    }
  }

  @POST
  @Path("quarantine/discard")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response discardMessages(
      @FormParam("spoke") String spoke,
      @FormParam("cause") String cause,
      @FormParam("one") String one,
      @FormParam("reason") String reason,
      @Context SecurityContext security) {
    if (spoke == null || spoke.isBlank() || reason == null || reason.isBlank()) {
      return missing("spoke, reason: missing");
    }
    var which = which(spoke, null, cause, one);
    return done("discarded", quarantined.discard(which, reason.strip(), Steward.by(security)));
  }

  // -- what they have in common

  private static Selection which(String spoke, String kind, String cause, String one) {
    return one == null || one.isBlank()
        ? Selection.of(spoke, orNull(kind), cause)
        : Selection.one(spoke, one);
  }

  private static String orNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static Response done(String did, long n) {
    var to = UriBuilder.fromPath("/waiting").queryParam("did", did).queryParam("n", n).build();
    return Response.seeOther(to).build();
  }

  private static Response missing(String what) {
    return Steward.refused(400, List.of(what), List.of(), "/waiting");
  }
}
