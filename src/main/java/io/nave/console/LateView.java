package io.nave.console;

import io.nave.sync.LateConsents.Count;
import io.nave.sync.LateConsents.Open;
import java.time.Instant;
import java.util.List;

/**
 * Who does not know yet.
 *
 * @param which open, late or failed: what is listed
 * @param next where the list goes on, or null
 */
public record LateView(
    KnownChart chart, List<Spoke> spokes, String which, List<One> list, Long next) {

  /** How much of a spoke is open. */
  public record Spoke(String spoke, String open, String late, String failed, boolean isLate) {

    static Spoke of(Count count) {
      return new Spoke(
          count.spoke(),
          Numbers.whole(count.open()),
          Numbers.whole(count.late()),
          Numbers.whole(count.failed()),
          count.late() + count.failed() > 0);
    }
  }

  /** One that is open. */
  public record One(
      String customerId,
      String spoke,
      String recordId,
      CustomerView.Subject subject,
      String consent,
      MatrixView.Cell cell,
      Moment since) {

    static One of(Open open, Instant now) {
      var knowing = open.knowing();
      return new One(
          open.customerId().toString(),
          knowing.spoke(),
          knowing.recordId(),
          MatrixView.subject(knowing),
          knowing.consent().name(),
          MatrixView.cell(knowing, now),
          Moment.of(knowing.noticedAt(), now));
    }
  }
}
