package io.nave.console;

import io.nave.console.Samples.Sample;
import java.util.List;

/**
 * The wheel: the hub and its spokes, as they are now.
 *
 * @param sample null before the first reading
 * @param trouble why the hub's counts cannot be read, or null
 */
public record WheelView(
    Sample sample, List<SpokeView> spokes, Flow in, Flow out, Chart chart, String trouble) {

  public int width() {
    return Place.WIDTH;
  }

  public int height() {
    return Place.HEIGHT;
  }

  public int centreX() {
    return Place.WIDTH / 2;
  }

  public int centreY() {
    return Place.HEIGHT / 2;
  }

  public int hub() {
    return Place.HUB;
  }

  public int rim() {
    return Place.RIM;
  }

  /** Many spokes leave room for short labels only. */
  public boolean isCrowded() {
    return spokes.size() > 8;
  }

  public boolean isRead() {
    return sample != null;
  }

  public String customers() {
    return isRead() ? Numbers.whole(sample.status().customers()) : "–";
  }

  public String records() {
    return isRead() ? Numbers.whole(sample.status().sourceRecords()) : "–";
  }

  public String reconciled() {
    return isRead() ? Numbers.whole(sample.status().observations().reconciled()) : "–";
  }

  public String invalid() {
    return isRead() ? Numbers.whole(sample.status().observations().invalid()) : "–";
  }

  public boolean isBehind() {
    return isRead() && sample.status().reconcileLag() > 0;
  }

  public String toReconcile() {
    return isRead() ? Numbers.whole(sample.status().reconcileLag()) : "–";
  }

  /** The spokes that are paused, by name: all that is announced to screen readers. */
  public String paused() {
    return String.join(
        ", ", spokes.stream().filter(SpokeView::isPaused).map(SpokeView::title).toList());
  }
}
