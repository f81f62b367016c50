package io.nave.centre;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * Which systems know what the customer decided.
 *
 * @param more whether the page should look again
 * @param address where to look again
 */
@TemplateData
public record KnownView(
    Wording w,
    int known,
    int all,
    String text,
    boolean more,
    String address,
    List<System> systems) {

  /** A system; {@code state} is yes, waiting or failed. */
  @TemplateData
  public record System(String name, String state, String text) {}
}
