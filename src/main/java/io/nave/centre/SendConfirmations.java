package io.nave.centre;

import io.nave.consent.Purposes;
import io.nave.platform.FailureKind;
import io.nave.platform.LogKeys;
import io.nave.sync.Confirmations;
import io.nave.sync.Confirmations.Due;
import io.nave.sync.Confirmations.Ended;
import io.nave.sync.Confirmations.State;
import io.nave.sync.Link;
import io.nave.sync.LinkWish;
import io.nave.sync.Links;
import io.nave.sync.RetryPolicy;
import io.nave.sync.Spoke;
import io.nave.sync.Spokes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Sends the messages with which customers confirm, through the spoke that {@code centre.yaml}
 * names; the bean {@code sendConfirmations} of the hub's routes. Each attempt makes a link of its
 * own, so that the token is kept nowhere. While the spoke is down, one message at a time is tried,
 * at growing intervals, and none is given up.
 */
@ApplicationScoped
@Named("sendConfirmations")
class SendConfirmations {
  private static final Logger LOG = Logger.getLogger(SendConfirmations.class);
  private static final int AT_ONCE = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Confirmations confirmations;
  private final Letters letters;
  private final Links links;
  private final Spokes spokes;
  private final Purposes purposes;
  private final CentreConfig config;
  private final RetryPolicy policy;
  private final Clock clock;
  private boolean warned;
  private int troubles;
  private Instant notBefore = Instant.MIN;

  SendConfirmations(
      Confirmations confirmations,
      Letters letters,
      Links links,
      Spokes spokes,
      Purposes purposes,
      CentreConfig config,
      RetryPolicy policy,
      Clock clock) {
    this.confirmations = confirmations;
    this.letters = letters;
    this.links = links;
    this.spokes = spokes;
    this.purposes = purposes;
    this.config = config;
    this.policy = policy;
    this.clock = clock;
  }

  private record Letter(Due due, CompletionStage<Void> told) {}

  /** Sends what is due; does not fail where the spoke does. */
  public synchronized void send() {
    var spoke = spoke();
    if (spoke == null) {
      warn();
      return;
    }
    int most;
    int claimed;
    do {
      if (clock.instant().isBefore(notBefore)) {
        return;
      }
      most = troubles == 0 ? AT_ONCE : 1;
      var due = confirmations.claim(most);
      claimed = due.size();
      if (claimed > 0) {
        confirmations.settle(send(spoke, due));
      }
    } while (claimed == most);
  }

  private Spoke spoke() {
    return spokes.receiving().stream()
        .filter(one -> one.name().equals(config.confirmations()) && one.messages())
        .findFirst()
        .orElse(null);
  }

  private void warn() {
    boolean needed = purposes.all().stream().anyMatch(one -> !one.doubleOptIn().isEmpty());
    if (!warned && needed) {
      LOG.warnf(
          "messages to confirm wait: confirmations: %s (expected: a connected spoke that sends"
              + " messages)",
          config.confirmations());
    }
    warned = true;
  }

  private List<Ended> send(Spoke spoke, List<Due> due) {
    var ended = new ArrayList<Ended>();
    var open = new ArrayList<Due>();
    for (var one : due) {
      letters
          .obstacle(one)
          .ifPresentOrElse(why -> ended.add(dropped(one, why)), () -> open.add(one));
    }
    var under = new ArrayList<Letter>();
    var made = open.isEmpty() ? List.<Links.Answer>of() : links.make(wishes(open), "double opt-in");
    for (int i = 0; i < open.size(); i++) {
      if (made.get(i) instanceof Links.Made link) {
        under.add(new Letter(open.get(i), spoke.tell(letters.write(open.get(i), link))));
      } else {
        ended.add(dropped(open.get(i), "the record is gone"));
      }
    }
    under.forEach(letter -> ended.add(ended(spoke, letter)));
    return ended;
  }

  private List<LinkWish> wishes(List<Due> open) {
    return open.stream()
        .map(
            one ->
                new LinkWish(
                    null,
                    one.anchor(),
                    letters.email(one),
                    Link.Use.confirm,
                    one.purpose(),
                    one.channel(),
                    null,
                    one.brand(),
                    one.lifetime()))
        .toList();
  }

  private static Ended dropped(Due due, String why) {
    return new Ended(due.id(), State.dropped, due.attempts(), null, null, why, null);
  }

  private Ended ended(Spoke spoke, Letter letter) {
    var due = letter.due();
    try {
      letter.told().toCompletableFuture().join();
      troubles = 0;
      return new Ended(due.id(), State.sent, due.attempts(), spoke.name(), null, null, null);
    } catch (CompletionException failed) {
      var failure = failed.getCause() == null ? failed : failed.getCause();
      var kind = spoke.classify(failure);
      return switch (kind) {
        case SPOKE_DOWN, UNAUTHORISED, THROTTLED -> waiting(due, spoke, kind, failure);
        default -> failed(due, spoke, kind, failure);
      };
    }
  }

  private Ended waiting(Due due, Spoke spoke, FailureKind kind, Throwable why) {
    if (!clock.instant().isBefore(notBefore)) {
      pause(spoke, kind);
    }
    return ended(due, State.waiting, due.attempts(), spoke, kind, why, notBefore);
  }

  /** Once for all that were under way together. */
  private void pause(Spoke spoke, FailureKind kind) {
    if (troubles == 0) {
      tell(spoke, () -> LOG.warnf("messages to confirm wait: %s: %s", spoke.name(), kind));
    }
    troubles++;
    var pause = policy.pause(troubles);
    notBefore = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private Ended failed(Due due, Spoke spoke, FailureKind kind, Throwable why) {
    int tried = due.attempts() + 1;
    if (kind == FailureKind.TRANSIENT && !policy.isExhausted(tried)) {
      var again = clock.instant().plus(policy.pause(tried));
      return ended(due, State.waiting, tried, spoke, kind, why, again);
    }
    tell(
        spoke,
        () ->
            LOG.errorf("message to confirm %s is not sent: %s: %s", due.id(), spoke.name(), kind));
    return ended(due, State.failed, tried, spoke, kind, why, null);
  }

  private static void tell(Spoke spoke, Runnable line) {
    LogKeys.during(Map.of("spoke", spoke.name()), line);
  }

  private static Ended ended(
      Due due,
      State state,
      int tried,
      Spoke spoke,
      FailureKind kind,
      Throwable why,
      Instant again) {
    return new Ended(due.id(), state, tried, spoke.name(), kind, why.getMessage(), again);
  }
}
