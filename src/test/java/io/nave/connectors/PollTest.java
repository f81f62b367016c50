package io.nave.connectors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollTest {
  private final Set<String> mine = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> succeeded = new CopyOnWriteArrayList<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() throws Exception {
    camel.getRegistry().bind("poll", new Poll(this::isMine, listener));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("poll:club/members?period=5&delay=1&includeMetadata=true")
                .process(e -> seen.add(e.getProperty(Exchange.TIMER_NAME, String.class)));
            from("poll:broken?period=5&delay=1")
                .process(
                    e -> {
                      throw new IllegalStateException("too many requests");
                    });
            from("poll:slow?period=1h&delay=1").process(e -> seen.add("slow"));
          }
        });
    camel.start();
  }

  private final Poll.Listener listener =
      new Poll.Listener() {
        @Override
        public void failed(String look, String spoke, Throwable failure) {
          failures.add(look + ": " + failure.getMessage());
        }

        @Override
        public void succeeded(String look) {
          succeeded.add(look);
        }
      };

  private boolean isMine(String spoke) {
    asked.incrementAndGet();
    if (mine.contains("unknown")) {
      throw new IllegalStateException("no database");
    }
    return mine.contains(spoke);
  }

  @AfterEach
  void stop() throws Exception {
    camel.close();
  }

  private void awaitQuestions() {
    int before = asked.get();
    await().atMost(20, SECONDS).until(() -> asked.get() > before + 5);
  }

  @Test
  void itTicksWhereTheSourceIsReadAndOnlyThere() {
    awaitQuestions();
    assertThat(seen).isEmpty();
    mine.add("club");
    await().atMost(20, SECONDS).until(() -> !seen.isEmpty());
    assertThat(seen).containsOnly("club-members");
    mine.clear();
    awaitQuestions();
    int before = seen.size();
    awaitQuestions();
    assertThat(seen).hasSize(before);
  }

  @Test
  void itTicksSoonAfterTheSourceIsReadHereAndThenOnceAPeriod() {
    awaitQuestions();
    mine.add("slow");
    await().atMost(20, SECONDS).until(() -> seen.contains("slow"));
    awaitQuestions();
    assertThat(seen).containsOnlyOnce("slow");
  }

  @Test
  void itTellsOfALookThatFailed() {
    mine.addAll(Set.of("club", "broken"));
    await().atMost(20, SECONDS).until(() -> !failures.isEmpty() && !seen.isEmpty());
    assertThat(failures).containsOnly("broken: too many requests");
  }

  @Test
  void itTellsOfTheFirstLookThatDidNotFailEachTimeTheSourceCameHere() {
    mine.add("club");
    await().atMost(20, SECONDS).until(() -> seen.size() > 3);
    assertThat(succeeded).containsExactly("club/members");
    mine.clear();
    awaitQuestions();
    mine.add("club");
    await().atMost(20, SECONDS).until(() -> succeeded.size() == 2);
  }

  @Test
  void afterLooksThatFailedItWaitsLongerAndLonger() throws Exception {
    mine.add("broken");
    await().atMost(20, SECONDS).until(() -> !failures.isEmpty());
    SECONDS.sleep(1);
    assertThat(failures).hasSizeLessThan(6);
  }

  @Test
  void whereNobodyKnowsItDoesNotTick() {
    mine.addAll(Set.of("club", "unknown"));
    awaitQuestions();
    assertThat(seen).isEmpty();
  }
}
