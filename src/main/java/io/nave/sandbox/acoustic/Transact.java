package io.nave.sandbox.acoustic;

import io.nave.sandbox.SentMessage;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * Transact: takes messages to persons, at {@code /XTMail}, and sends them to nobody. The order of
 * elements counts, as at the vendor's. Addresses at {@code suppressed.example} are on the
 * suppression list.
 */
final class Transact {
  static final String GROUP = "300401";
  private static final String SUPPRESSED = "@suppressed.example";
  private static final int MOST = 10;
  private static final int KEPT = 200;
  private static final int GENERAL_ERROR = 1;
  private static final int SUPPRESSED_EMAIL = 10;
  private static final List<String> ORDER =
      List.of(
          "CAMPAIGN_ID",
          "TRANSACTION_ID",
          "SHOW_ALL_SEND_DETAIL",
          "SEND_AS_BATCH",
          "NO_RETRY_ON_FAILURE",
          "SAVE_COLUMNS",
          "RECIPIENT");
  private static final List<String> OF_RECIPIENT = List.of("EMAIL", "BODY_TYPE", "PERSONALIZATION");

  private final Sessions sessions;
  private final AccountLimits limits;
  private final Clock clock;
  private final Vertx vertx;
  private final Deque<SentMessage> sent;

  Transact(
      Sessions sessions, AccountLimits limits, Clock clock, Vertx vertx, Deque<SentMessage> sent) {
    this.sessions = sessions;
    this.limits = limits;
    this.clock = clock;
    this.vertx = vertx;
    this.sent = sent;
  }

  /** What became of one recipient; {@code code} 0: sent. */
  private record Outcome(String email, int code, String words) {}

  void handle(RoutingContext request) {
    Body.read(
        request,
        content ->
            vertx.setTimer(
                Math.max(1, limits.latency().toMillis()),
                timer -> answer(request, new Body(content).xml())));
  }

  private void answer(RoutingContext request, String xml) {
    if (!sessions.isToken(Credentials.of(request).token())) {
      request.response().setStatusCode(401).end();
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "text/xml;charset=UTF-8")
        .end(answer(xml).toString());
  }

  private Reply answer(String xml) {
    try {
      Element mailing = Request.document(xml);
      if (!mailing.getTagName().equals("XTMAILING")) {
        throw unexpected(mailing);
      }
      inOrder(mailing, ORDER);
      return send(mailing);
    } catch (Fault refused) {
      return reply("", "", 0, List.of(), false, refused.getMessage());
    }
  }

  private Reply send(Element mailing) {
    String group = text(mailing, "CAMPAIGN_ID");
    String id = text(mailing, "TRANSACTION_ID");
    List<Element> recipients = children(mailing, "RECIPIENT");
    if (!group.equals(GROUP)) {
      return reply(group, id, recipients.size(), List.of(), false, "Invalid campaign: " + group);
    }
    if (recipients.isEmpty() || recipients.size() > MOST) {
      String words = recipients.size() + " recipients (1 to " + MOST + " by HTTP)";
      return reply(group, id, recipients.size(), List.of(), false, words);
    }
    recipients.forEach(one -> inOrder(one, OF_RECIPIENT));
    List<Outcome> outcomes = new ArrayList<>();
    recipients.forEach(one -> outcomes.add(send(group, id, one)));
    boolean all = text(mailing, "SHOW_ALL_SEND_DETAIL").equalsIgnoreCase("true");
    return reply(group, id, recipients.size(), outcomes, all, null);
  }

  private Outcome send(String group, String id, Element recipient) {
    String email = text(recipient, "EMAIL");
    if (!email.contains("@")) {
      return new Outcome(email, GENERAL_ERROR, "Invalid e-mail address");
    }
    if (email.endsWith(SUPPRESSED)) {
      return new Outcome(email, SUPPRESSED_EMAIL, "Suppressed e-mail address");
    }
    Map<String, String> texts = Request.pairs(recipient, "PERSONALIZATION", "TAG_NAME");
    sent.addFirst(new SentMessage(id, clock.instant(), email, group, texts));
    if (sent.size() > KEPT) {
      sent.removeLast();
    }
    return new Outcome(email, 0, "");
  }

  /**
   * @param why the submission as a whole was refused; null: it was not
   */
  private static Reply reply(
      String group, String id, int received, List<Outcome> outcomes, boolean all, String why) {
    long failed = outcomes.stream().filter(one -> one.code() != 0).count();
    long errors = why == null ? failed : received;
    boolean none = why != null || failed == outcomes.size();
    Reply reply = Reply.bare("XTMAILING_RESPONSE");
    reply.tag("CAMPAIGN_ID", group).tag("TRANSACTION_ID", id);
    reply.tag("RECIPIENTS_RECEIVED", received).tag("EMAILS_SENT", outcomes.size() - failed);
    reply.tag("NUMBER_ERRORS", errors).tag("STATUS", none ? 2 : failed > 0 ? 1 : 0);
    reply.tag("ERROR_CODE", why == null ? 0 : GENERAL_ERROR).tag("ERROR_STRING", why);
    outcomes.stream()
        .filter(one -> all || one.code() != 0)
        .forEach(
            one ->
                reply
                    .open("RECIPIENT_DETAIL")
                    .tag("EMAIL", one.email())
                    .tag("SEND_STATUS", one.code() == 0 ? 0 : 1)
                    .tag("ERROR_CODE", one.code())
                    .tag("ERROR_STRING", one.words())
                    .close("RECIPIENT_DETAIL"));
    return reply;
  }

  private static void inOrder(Element parent, List<String> order) {
    int at = 0;
    for (Element child : Request.children(parent)) {
      int found = order.indexOf(child.getTagName());
      if (found < at) {
        throw unexpected(child);
      }
      at = found;
    }
  }

  private static Fault unexpected(Element element) {
    String words = "Exception: javax.xml.bind.UnmarshalException: Unexpected element {}:";
    return new Fault(Fault.INVALID_XML, words + element.getTagName());
  }

  private static String text(Element parent, String name) {
    Element element = Request.child(parent, name);
    return element == null ? "" : element.getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    return Request.children(parent).stream().filter(e -> e.getTagName().equals(name)).toList();
  }
}
