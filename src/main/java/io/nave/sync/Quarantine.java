package io.nave.sync;

import io.nave.sync.InvalidMessages.Invalid;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.hibernate.SessionFactory;

/** Puts what a connector could not translate aside, for a person. */
@ApplicationScoped
public class Quarantine {
  private final SessionFactory sessions;
  private final InvalidMessages messages;
  private final Clock clock;

  Quarantine(SessionFactory sessions, InvalidMessages messages, Clock clock) {
    this.sessions = sessions;
    this.messages = messages;
    this.clock = clock;
  }

  /** Keeps the payload with its cause; durable when it returns. */
  public void add(String spoke, String cause, String payload) {
    var invalid = new Invalid(spoke, cause, payload, clock.instant(), false);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var session = sessions.openStatelessSession()) {
                session.doWork(connection -> messages.add(connection, List.of(invalid)));
              }
            });
  }
}
