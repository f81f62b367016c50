package io.nave.centre;

import jakarta.enterprise.context.ApplicationScoped;

/** Pages that ask one thing, or say one thing. */
@ApplicationScoped
class Questions {
  private final Frames frames;

  Questions(Frames frames) {
    this.frames = frames;
  }

  /** What a link that unsubscribes or confirms is about; pressing the button does it. */
  Plain ask(Visit visit) {
    var w = visit.wording();
    var link = visit.opened().link();
    if (link.use() == io.nave.sync.Link.Use.confirm) {
      var lead = w.say("confirm.lead", "what", what(visit));
      return page(visit, "confirm.title", lead, "confirm.button", "confirm", null);
    }
    if (link.purpose() == null) {
      var lead = w.say("unsubscribe.lead.all");
      return page(visit, "unsubscribe.title", lead, "unsubscribe.button", "stop", null);
    }
    var lead = w.say("unsubscribe.lead", "what", what(visit));
    return page(visit, "unsubscribe.title", lead, "unsubscribe.button", "one", "unsubscribe.all");
  }

  private Plain page(
      Visit visit, String title, String lead, String button, String act, String other) {
    var w = visit.wording();
    return new Plain(
        frames.of(visit),
        w.say(title),
        lead,
        w.say(button),
        act,
        other == null ? null : w.say(other),
        null);
  }

  private String what(Visit visit) {
    var link = visit.opened().link();
    var channel = link.channel() == null ? Offer.ANY : link.channel();
    return new Subjects(visit.wording(), visit.offers())
        .title(link.purpose(), channel, link.topic());
  }

  /** She is unsubscribed; {@code all}: from everything, so that nothing else can be stopped. */
  Plain unsubscribed(Visit visit, boolean all) {
    var w = visit.wording();
    return new Plain(
        frames.of(visit),
        w.say("unsubscribe.done"),
        w.say("unsubscribe.done.lead"),
        all ? null : w.say("unsubscribe.all"),
        all ? null : "stop",
        null,
        null);
  }

  Plain confirmed(Visit visit) {
    var w = visit.wording();
    return said(frames.of(visit), w.say("confirm.title"), w.say("confirm.done"));
  }

  /** The same for every link that does not work. */
  Plain refused(String language, String accepted) {
    var frame = frames.stranger(language, accepted);
    return said(frame, frame.w().say("refused.title"), frame.w().say("refused.lead"));
  }

  Plain busy(String language, String accepted) {
    var frame = frames.stranger(language, accepted);
    return said(frame, frame.w().say("busy.title"), frame.w().say("busy.lead"));
  }

  private static Plain said(Frame frame, String title, String lead) {
    return new Plain(frame, title, lead, null, null, null, null);
  }
}
