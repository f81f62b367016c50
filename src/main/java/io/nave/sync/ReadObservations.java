package io.nave.sync;

import io.nave.canonical.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads what stands in the log. What was accepted should be readable; what is not is refused. */
@ApplicationScoped
class ReadObservations {
  private static final String UNKNOWN = "?";
  private final ObservationReader reader;
  private final Urgency urgency;

  ReadObservations(ObservationReader reader, Urgency urgency) {
    this.reader = reader;
    this.urgency = urgency;
  }

  /**
   * A message of the log: either an observation or a refusal with its reason.
   *
   * @param urgent whether the observation has a stop that was decided just before it was accepted
   */
  record Item(Logged logged, Observation observation, String refusal, boolean urgent) {
    Progress.Part part() {
      return new Progress.Part(logged.topicId(), logged.partition());
    }

    Item refused(String reason) {
      return new Item(logged, observation, reason, false);
    }

    String spoke() {
      return observation == null ? UNKNOWN : observation.key().spoke();
    }
  }

  /** In the order given. */
  List<Item> read(List<Logged> batch) {
    return batch.stream().map(this::read).toList();
  }

  private Item read(Logged logged) {
    var result = reader.read(logged.value(), logged.receivedAt());
    if (result instanceof ObservationReader.Read read) {
      var observation = read.observation();
      boolean urgent = urgency.isUrgent(observation, logged.receivedAt());
      return new Item(logged, observation, null, urgent);
    }
    var refused = (ObservationReader.Refused) result;
    return new Item(logged, null, refused.toString(), false);
  }
}
