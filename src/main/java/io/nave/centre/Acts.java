package io.nave.centre;

import io.nave.sync.Act;
import io.nave.sync.Confirm;
import io.nave.sync.Confirmations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the buttons of the pages do. */
@ApplicationScoped
class Acts {
  private final Save save;
  private final ShowPage show;
  private final Questions questions;
  private final Confirm confirm;
  private final Confirmations confirmations;
  private final CentreConfig config;

  Acts(
      Save save,
      ShowPage show,
      Questions questions,
      Confirm confirm,
      Confirmations confirmations,
      CentreConfig config) {
    this.save = save;
    this.show = show;
    this.questions = questions;
    this.confirm = confirm;
    this.confirmations = confirmations;
    this.config = config;
  }

  /** On the page for everything: done, or shown again with all that she typed. */
  Response manage(Visit visit, Form form) {
    if (form.isOn("resend")) {
      return back(visit, resend(visit, form.text("resend")) ? "sent" : "resend-limit");
    }
    return switch (form.text("act")) {
      case "stop" -> done(visit, form, stopAll(visit), "stopped");
      case "signal" -> done(visit, form, save.signal(visit), "gpc");
      default -> saved(visit, form);
    };
  }

  /** Saves what she changed, and asks her to confirm what has to be. */
  Save.Outcome save(Visit visit, Form form) {
    var outcome = save.form(visit, form);
    outcome.pending().forEach(one -> ask(visit, one));
    return outcome;
  }

  /** Stops everything. */
  Save.Outcome stopAll(Visit visit) {
    return save.stopAll(visit, Statement.PAGE);
  }

  private Response saved(Visit visit, Form form) {
    var outcome = save(visit, form);
    var word = outcome.pending().isEmpty() ? "" + outcome.changes() : outcome.changes() + "-sent";
    return done(visit, form, outcome, word);
  }

  private Response done(Visit visit, Form form, Save.Outcome outcome, String word) {
    return outcome.errors().isEmpty()
        ? back(visit, word)
        : CentrePage.page(422, Templates.manage(show.of(visit, null, form, outcome.errors())));
  }

  private static Response back(Visit visit, String done) {
    var address = visit.path() + "?lang=" + visit.wording().code() + "&done=" + done + "#notice";
    return Response.seeOther(URI.create(address)).build();
  }

  /** What became of the last act, as the address of the page says it; null: nothing. */
  String notice(Visit visit, String done) {
    var w = visit.wording();
    if (done == null) {
      return null;
    }
    if (List.of("stopped", "gpc", "sent", "resend-limit").contains(done)) {
      return w.say("saved." + done);
    }
    if (!done.matches("\\d{1,3}(-sent)?")) {
      return null;
    }
    int n = Integer.parseInt(done.replace("-sent", ""));
    var saved = n == 0 ? w.say("saved.nothing") : w.say("saved.changes", "n", n);
    return done.endsWith("-sent") ? saved + " " + w.say("saved.sent") : saved;
  }

  /** On the page of an unsubscribe link; the one click of a mail program is answered in short. */
  Response unsubscribe(Visit visit, Form form, boolean oneClick) {
    boolean all = !oneClick && form.text("act").equals("stop");
    boolean named = visit.opened().link().purpose() != null;
    var method = oneClick ? Statement.ONE_CLICK : Statement.PAGE;
    if (!oneClick && form.text("act").isEmpty()) {
      return CentrePage.page(200, Templates.plain(questions.ask(visit)));
    }
    var outcome = all ? save.stopAll(visit, method) : save.stopLinked(visit, method);
    return CentrePage.page(
        outcome.errors().isEmpty() ? 200 : 500,
        Templates.plain(questions.unsubscribed(visit, all || !named)));
  }

  /** On the page of a link that confirms; empty where there is nothing to confirm any more. */
  Optional<Response> confirm(Visit visit) {
    var evidence = visit.statement(visit.golden()).evidence(Statement.CONFIRMED);
    var outcome = confirm.confirm(visit.opened(), evidence);
    return outcome instanceof Act.Done
        ? Optional.of(CentrePage.page(200, Templates.plain(questions.confirmed(visit))))
        : Optional.empty();
  }

  // -- what has to be confirmed

  private boolean resend(Visit visit, String field) {
    var parts = field.split(":");
    return parts.length == 3
        && visit.standing().isPending(parts[1], parts[2])
        && ask(visit, parts[1] + ":" + parts[2]);
  }

  /** Has the message sent; false where that was asked for too often. */
  private boolean ask(Visit visit, String purposeAndChannel) {
    var parts = purposeAndChannel.split(":");
    return confirmations.ask(
        visit.opened(),
        new Confirmations.Wanted(
            parts[0],
            parts[1],
            visit.wording().code(),
            config.lifetime(io.nave.sync.Link.Use.confirm),
            1 + config.resends()));
  }
}
