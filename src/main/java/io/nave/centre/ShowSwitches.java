package io.nave.centre;

import io.nave.centre.PageView.PurposeView;
import io.nave.centre.PageView.Switch;
import java.util.List;
import java.util.Map;

/** Shows what a customer can say yes and no to, with what she has typed where it is shown again. */
final class ShowSwitches {
  private final Visit visit;
  private final CentreConfig config;
  private final Signal signal;
  private final Form form;
  private final Map<String, String> errors;
  private final Standing standing;

  /**
   * @param form what she sent; null: the page is new
   */
  ShowSwitches(Visit visit, CentreConfig config, Form form, Map<String, String> errors) {
    this.visit = visit;
    this.config = config;
    this.signal = new Signal(config.gpc().purposes());
    this.form = form;
    this.errors = errors;
    this.standing = visit.standing();
  }

  /** Those that are asked for, or those that she is only told of. */
  List<PurposeView> purposes(boolean asked) {
    return visit.offers().stream()
        .filter(offer -> offer.isAsked() == asked)
        .map(this::purpose)
        .toList();
  }

  private PurposeView purpose(Offer offer) {
    var w = visit.wording();
    return new PurposeView(
        offer.name(),
        w.title(offer.title(), offer.name()),
        w.title(offer.text(), ""),
        offer.channels(config.channels()).stream().map(c -> channel(offer, c)).toList(),
        offer.topics().entrySet().stream().map(t -> topic(offer, t)).toList());
  }

  private Switch channel(Offer offer, String channel) {
    var w = visit.wording();
    var name = offer.name();
    boolean quiet = visit.signal() && signal.isAbout(name) && isUnspoken(offer);
    boolean on = standing.isOn(name, channel) && !quiet;
    boolean pending = standing.isPending(name, channel);
    var field = ConsentForm.channelField(name, channel);
    var title = channel.equals(Offer.ANY) ? w.say("consents.whole") : w.say("channel." + channel);
    return flip(
        field,
        title,
        on,
        pending ? w.say("consents.pending") : null,
        pending && offer.confirmed().contains(channel) ? w.say("consents.resend") : null);
  }

  /** Whether the browser's signal counts more than what is known. */
  private boolean isUnspoken(Offer offer) {
    return !signal.stops(List.of(offer), standing, visit.history(), List.of()).isEmpty();
  }

  private Switch topic(Offer offer, Map.Entry<String, Map<String, String>> topic) {
    return flip(
        ConsentForm.topicField(offer.name(), topic.getKey()),
        visit.wording().title(topic.getValue(), topic.getKey()),
        standing.isTopicOn(offer.name(), topic.getKey()),
        null,
        null);
  }

  private Switch flip(String field, String title, boolean on, String note, String resend) {
    boolean shown = form != null && form.shown(field);
    var was = shown ? form.was(field) : on ? "on" : "off";
    var error = errors.get(field);
    return new Switch(
        field,
        title,
        shown ? form.isOn(field) : on,
        was,
        note,
        resend,
        error == null ? null : visit.wording().say(error));
  }
}
