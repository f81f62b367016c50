package io.nave.centre;

import java.util.ArrayList;
import java.util.List;

/**
 * The switches of the page. A switch is an act only where the customer flipped it: what she left as
 * it was shown is no statement, even if it means something else by now.
 */
final class ConsentForm {
  private final List<Offer> offers;
  private final List<String> channels;

  /**
   * @param channels those that the page shows
   */
  ConsentForm(List<Offer> offers, List<String> channels) {
    this.offers = offers.stream().filter(Offer::isAsked).toList();
    this.channels = channels;
  }

  /**
   * A decision of the customer.
   *
   * @param topic null: the purpose as a whole
   * @param granted else withdrawn
   */
  record Choice(Offer offer, String channel, String topic, boolean granted) {}

  static String channelField(String purpose, String channel) {
    return "consent:" + purpose + ":" + channel;
  }

  static String topicField(String purpose, String topic) {
    return "topic:" + purpose + ":" + topic;
  }

  /** What she decided. */
  List<Choice> choices(Form form, Standing standing) {
    var choices = new ArrayList<Choice>();
    for (var offer : offers) {
      for (var channel : offer.channels(channels)) {
        var field = channelField(offer.name(), channel);
        if (form.flipped(field)) {
          choices.add(new Choice(offer, channel, null, form.isOn(field)));
        }
      }
      offer.topics().keySet().forEach(topic -> topic(offer, topic, form, standing, choices));
    }
    return choices;
  }

  /**
   * A topic is stopped as a whole, and begun again on the channels that are on: a yes to a topic is
   * no yes to a channel.
   */
  private void topic(
      Offer offer, String topic, Form form, Standing standing, List<Choice> choices) {
    var field = topicField(offer.name(), topic);
    if (form.flipped(field) && !form.isOn(field)) {
      choices.add(new Choice(offer, Offer.ANY, topic, false));
      return;
    }
    boolean begun = form.flipped(field);
    boolean stopped = standing.isTopicStopped(offer.name(), topic);
    if (!form.isOn(field) || !begun && !stopped) {
      return;
    }
    for (var channel : offer.channels(channels)) {
      var of = channelField(offer.name(), channel);
      if (form.isOn(of) && (begun || form.flipped(of))) {
        choices.add(new Choice(offer, channel, topic, true));
      }
    }
  }

  /** Stops everything that can be stopped and is not stopped yet. */
  List<Choice> stopAll(Standing standing) {
    return offers.stream()
        .filter(offer -> !isStopped(offer, standing))
        .map(offer -> new Choice(offer, Offer.ANY, null, false))
        .toList();
  }

  private static boolean isStopped(Offer offer, Standing standing) {
    return standing.isStopped(offer.name(), Offer.ANY)
        && offer.channels().stream().allMatch(c -> standing.isStopped(offer.name(), c));
  }
}
