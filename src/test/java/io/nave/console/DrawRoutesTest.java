package io.nave.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.connectors.LiveRoute;
import io.nave.connectors.LiveRoute.Part;
import io.nave.console.RoutesView.Box;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrawRoutesTest {

  private static LiveRoute route(String name, Part part, String spoke) {
    return new LiveRoute(name, part, spoke, null, true, 1234, 0, 0, Duration.ofMillis(12));
  }

  private static Stream<LiveRoute> system(String spoke) {
    return Stream.of(
        route(spoke + "-source", Part.SOURCE, spoke),
        route(spoke + "-in", Part.IN, spoke),
        route(spoke + "-out", Part.OUT, spoke),
        route(spoke + "-sink", Part.SINK, spoke));
  }

  private static RoutesView drawing() {
    return DrawRoutes.of(
        Stream.of(
                system("crm"),
                system("esp"),
                Stream.of(
                    route("reconcile", Part.RECONCILE, null),
                    route("reconcile-urgent", Part.RECONCILE, null),
                    route("publish", Part.PUBLISH, null),
                    route("publish-urgent", Part.PUBLISH, null),
                    route("notice-customers", Part.NOTICE, null)),
                Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                    .map(name -> route(name, Part.ASIDE, null)))
            .flatMap(routes -> routes)
            .toList());
  }

  private static Box box(String name) {
    return drawing().boxes().stream().filter(one -> one.name().equals(name)).findFirst().get();
  }

  @Test
  void theFlowGoesFromTheLeftToTheRight() {
    assertThat(
            Stream.of("crm-source", "crm-in", "reconcile", "publish", "notice-customers", "crm-out")
                .map(name -> Double.parseDouble(box(name).x())))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(box("crm-sink").x()).isEqualTo("972");
    assertThat(drawing().width()).isEqualTo(972 + DrawRoutes.BOX);
  }

  @Test
  void noTwoBoxesOverlapAndAllAreInThePicture() {
    var drawing = drawing();
    assertThat(drawing.boxes()).hasSize(21);
    for (var one : drawing.boxes()) {
      assertThat(Double.parseDouble(one.y()) + DrawRoutes.TALL).isLessThan(drawing.height());
      for (var other : drawing.boxes()) {
        boolean meet =
            near(one.x(), other.x(), DrawRoutes.BOX) && near(one.y(), other.y(), DrawRoutes.TALL);
        assertThat(meet).as(one + " and " + other).isEqualTo(one.equals(other));
      }
    }
  }

  private static boolean near(String one, String other, int apart) {
    return Math.abs(Double.parseDouble(one) - Double.parseDouble(other)) < apart;
  }

  @Test
  void aSystemsRoutesAreInOneRowAndLinkedToNoOther() {
    assertThat(box("esp-source").y()).isEqualTo(box("esp-sink").y());
    assertThat(box("esp-source").y()).isNotEqualTo(box("crm-source").y());
    // 2 sources, 2 x 2 to reconcile, 2 x 2 to publish, 1 to notice, 2 out, 2 sinks
    assertThat(drawing().lines()).hasSize(15);
  }

  @Test
  void countsAreForPeople() {
    var broken = new LiveRoute("a".repeat(30), Part.IN, "crm", "x", false, 0, 2000, 3, null);
    var box = DrawRoutes.of(List.of(broken)).boxes().get(0);
    assertThat(box.label()).isEqualTo("a".repeat(18) + "…");
    assertThat(box.failed()).isEqualTo("2,000");
    assertThat(box.inFlight()).isEqualTo("3");
    assertThat(box.mean()).isNull();
    assertThat(box.state()).isEqualTo("stopped");
    assertThat(box("crm-in").mean()).isEqualTo("12 ms");
    assertThat(box("crm-in").exchanges()).isEqualTo("1,234");
  }

  @Test
  void aHubWithoutSystemsIsDrawn() {
    var drawing = DrawRoutes.of(List.of(route("reconcile", Part.RECONCILE, null)));
    assertThat(drawing.boxes()).hasSize(1);
    assertThat(drawing.lines()).isEmpty();
  }
}
