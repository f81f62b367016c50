package io.nave.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.sync.CanonicalJson;
import io.nave.sync.CustomerHistory.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawTimelineTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Version version(long number, Duration after, String language, String spoke) {
    var state = "{\"customer\":{\"language\":\"" + language + "\"}}";
    var lineage = "{\"language\":{\"spoke\":\"" + spoke + "\",\"rule\":\"recent\"}}";
    return new Version(
        number, START.plus(after), CanonicalJson.parse(state), CanonicalJson.parse(lineage));
  }

  private static DrawTimeline drawing(Version... versions) {
    return new DrawTimeline(List.of(versions), START.plus(Duration.ofDays(400)));
  }

  @Test
  void aValueThatStaysIsOneSegment() {
    var drawing =
        drawing(
            version(1, Duration.ZERO, "en", "crm"),
            version(2, Duration.ofHours(1), "en", "crm"),
            version(3, Duration.ofHours(2), "cy", "steward"));
    var segments = drawing.bands().get(0).segments();
    assertThat(segments).extracting(TimelineView.Segment::colour).containsExactly("b0", "bs");
    assertThat(segments.get(1).x()).isEqualTo(drawing.ticks().get(2).x());
    assertThat(drawing.bands().get(0).words()).contains("English (en) (crm", "Welsh (cy) (steward");
  }

  @Test
  void aLongerTimeIsWiderAndEachVersionHasRoom() {
    var drawing =
        drawing(
            version(1, Duration.ZERO, "en", "crm"),
            version(2, Duration.ofSeconds(1), "cy", "crm"),
            version(3, Duration.ofDays(300), "de", "crm"));
    var x = drawing.ticks().stream().map(TimelineView.Tick::x).map(Double::valueOf).toList();
    assertThat(x.get(2) - x.get(1)).isGreaterThan(x.get(1) - x.get(0));
    assertThat(x.get(1) - x.get(0)).isGreaterThan(76);
  }

  @Test
  void manyVersionsMakeItWider() {
    var many = new ArrayList<Version>();
    for (int i = 1; i <= 24; i++) {
      many.add(version(i, Duration.ofDays(i), i % 2 == 0 ? "en" : "cy", "crm"));
    }
    var drawing = drawing(many.toArray(Version[]::new));
    assertThat(drawing.width()).isEqualTo(24 * 76);
    assertThat(drawing.bands().get(0).segments()).hasSize(24);
    assertThat(drawing.ticks().get(1).label()).isEqualTo("3 Jan 2026");
  }
}
