package io.nave.console;

import io.nave.sync.Audit;
import io.nave.sync.Audit.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The audits of one system as operators see them, as bars in a box of {@value #WIDTH} by {@value
 * #HEIGHT}.
 *
 * @param last the latest one
 * @param bars the latest ones that are done, the oldest first
 */
public record AuditView(String spoke, Audit last, Moment since, List<Bar> bars) {
  static final int WIDTH = 240;
  static final int HEIGHT = 48;
  private static final int MOST = 24;

  /**
   * One audit.
   *
   * @param title when it was, and what it found
   */
  public record Bar(String x, String y, String width, String height, String title) {}

  /**
   * @param audits of one system, the latest first
   */
  static AuditView of(String spoke, List<Audit> audits, Instant now) {
    var done = audits.stream().filter(one -> one.state().equals("done")).limit(MOST).toList();
    var bars = new ArrayList<Bar>();
    double step = (double) WIDTH / MOST;
    for (int i = 0; i < done.size(); i++) {
      bars.add(bar(done.get(done.size() - 1 - i), i * step, step, now));
    }
    return new AuditView(spoke, audits.get(0), Moment.of(audits.get(0).startedAt(), now), bars);
  }

  private static Bar bar(Audit audit, double x, double step, Instant now) {
    long wrong = audit.findings().values().stream().mapToLong(Long::longValue).sum();
    double share = audit.records() == 0 ? 0 : Math.min(1, (double) wrong / audit.records());
    double height = wrong == 0 ? 1 : Math.max(3, share * HEIGHT);
    return new Bar(
        Numbers.at(x + 1),
        Numbers.at(HEIGHT - height),
        Numbers.at(step - 2),
        Numbers.at(height),
        Moment.of(audit.startedAt(), now).exact() + ": " + Numbers.whole(wrong));
  }

  public boolean isRunning() {
    return last.state().equals("running");
  }

  public boolean isCancelled() {
    return last.state().equals("cancelled");
  }

  public boolean isRepairable() {
    return last.state().equals("done")
        && last.repairedAt() == null
        && (last.findings().containsKey(Kind.differs)
            || last.findings().containsKey(Kind.vanished));
  }

  public String records() {
    return Numbers.whole(last.records());
  }

  public String total() {
    return Numbers.whole(last.total());
  }

  public String differing() {
    return Numbers.whole(last.differing());
  }

  /** Findings besides fields that differ. */
  public String other() {
    return Numbers.whole(
        last.findings().entrySet().stream()
            .filter(one -> one.getKey() != Kind.differs)
            .mapToLong(one -> one.getValue())
            .sum());
  }
}
