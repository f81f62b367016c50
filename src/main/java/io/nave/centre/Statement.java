package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.centre.ConsentForm.Choice;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts decisions into the words of an observation, with what proves them. */
final class Statement {
  static final String PAGE = "preference centre";
  static final String ONE_CLICK = "one-click unsubscribe";
  static final String CONFIRMED = "double opt-in";
  static final String SIGNAL = "global privacy control";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Wording wording;
  private final String brand;
  private final boolean signal;
  private final JsonNode customer;

  /**
   * @param brand the controller; null where the company is one
   * @param signal whether her browser asks for privacy
   * @param customer her golden record
   */
  Statement(Wording wording, String brand, boolean signal, JsonNode customer) {
    this.wording = wording;
    this.brand = brand;
    this.signal = signal;
    this.customer = customer;
  }

  /** Adds a consent for each choice; what has to be confirmed is pending. */
  void add(ArrayNode consents, List<Choice> choices, String method) {
    var pending = pending(choices);
    for (var choice : choices) {
      consents.add(consent(choice, method, pending));
    }
  }

  /** The purposes and channels on which this has to be confirmed. */
  static Set<String> pending(List<Choice> choices) {
    return choices.stream()
        .filter(c -> c.granted() && c.topic() == null)
        .filter(c -> c.offer().confirmed().contains(c.channel()))
        .map(Statement::key)
        .collect(Collectors.toSet());
  }

  private static String key(Choice choice) {
    return choice.offer().name() + ":" + choice.channel();
  }

  /** Whether a yes needs a number or address of hers that nobody knows. */
  boolean lacksAddress(Choice choice) {
    return isBound(choice) && boundTo(choice) == null;
  }

  private static boolean isBound(Choice choice) {
    return choice.granted() && choice.offer().bound().contains(choice.channel());
  }

  private ObjectNode consent(Choice choice, String method, Set<String> pending) {
    var consent = JSON.objectNode();
    consent.put("purpose", choice.offer().name()).put("channel", choice.channel());
    if (choice.topic() != null) {
      consent.put("topic", choice.topic());
    }
    if (brand != null) {
      consent.put("brand", brand);
    }
    if (isBound(choice)) {
      consent.put("boundTo", boundTo(choice));
    }
    consent.put("state", state(choice, pending));
    consent.set("evidence", evidence(choice, method));
    return consent;
  }

  private static String state(Choice choice, Set<String> pending) {
    if (!choice.granted()) {
      return "withdrawn";
    }
    return pending.contains(key(choice)) ? "pending" : "granted";
  }

  private String boundTo(Choice choice) {
    var list = choice.channel().equals("email") ? "emails" : "phones";
    return ProfileForm.primary(customer.path(list)).path("value").textValue();
  }

  private ObjectNode evidence(Choice choice, String method) {
    var evidence = evidence(method);
    var offer = choice.offer();
    if (choice.granted() && offer.notice() != null) {
      evidence.put("notice", offer.notice());
    }
    var shown = choice.granted() ? wording.title(offer.wording(), null) : null;
    var text = shown != null ? shown : wording.title(offer.text(), null);
    if (text != null) {
      evidence.put("wording", text);
    }
    return evidence;
  }

  /** What proves an act that shows no wording. */
  ObjectNode evidence(String method) {
    var evidence = JSON.objectNode().put("actor", "customer").put("method", method);
    evidence.put("language", wording.code());
    if (signal) {
      evidence.put(Signal.EVIDENCE, true);
    }
    return evidence;
  }
}
