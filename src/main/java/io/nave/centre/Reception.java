package io.nave.centre;

import io.nave.centre.Door.Admitted;
import io.nave.centre.Door.Busy;
import io.nave.sync.Link.Use;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Brings those in who may come, and answers all others in one way, after one time, whatever is
 * wrong with their link.
 */
@ApplicationScoped
class Reception {
  private final Door door;
  private final Visits visits;
  private final Clock clock;

  Reception(Door door, Visits visits, Clock clock) {
    this.door = door;
    this.visits = visits;
    this.clock = clock;
  }

  /**
   * Who asks.
   *
   * @param token what her link says; may be anything
   * @param language which she chose; or null
   */
  record Caller(String token, String language, HttpServerRequest request, HttpHeaders headers) {
    String accepted() {
      return headers.getHeaderString("Accept-Language");
    }
  }

  /** How somebody is told that she may not come in. */
  interface Refusal {
    Response refused(Caller caller);

    /**
     * @param pause when to come again
     */
    Response busy(Caller caller, Duration pause);
  }

  /**
   * @param uses the links that are good for this
   */
  CompletionStage<Response> admit(
      Caller caller, Set<Use> uses, Refusal refusal, Function<Visit, Response> answer) {
    long start = System.nanoTime();
    var asked = door.ask(caller.token(), caller.request());
    if (asked instanceof Busy) {
      return Later.now(refusal.busy(caller, Throttle.pause(clock.instant())));
    }
    var visit =
        asked instanceof Admitted in && uses.contains(in.opened().link().use())
            ? visits
                .of(caller.token(), in.opened(), caller.language(), caller.headers())
                .orElse(null)
            : null;
    return visit == null
        ? Later.answer(start, () -> refusal.refused(caller))
        : Later.now(answer.apply(visit));
  }
}
