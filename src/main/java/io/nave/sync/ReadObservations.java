package io.nave.sync;

import io.nave.canonical.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads what stands in the log. What was accepted should be readable; what is not is refused. */
@ApplicationScoped
class ReadObservations {
  private static final String UNKNOWN = "?";
  private final ObservationReader reader;

  ReadObservations(ObservationReader reader) {
    this.reader = reader;
  }

  /** A message of the log: either an observation or a refusal with its reason. */
  record Item(Logged logged, Observation observation, String refusal) {
    Progress.Part part() {
      return new Progress.Part(logged.topicId(), logged.partition());
    }

    Item refused(String reason) {
      return new Item(logged, observation, reason);
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
      return new Item(logged, read.observation(), null);
    }
    var refused = (ObservationReader.Refused) result;
    return new Item(logged, null, refused.toString());
  }
}
