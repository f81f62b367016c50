package io.nave.console;

import io.nave.sync.Knowing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Systems by consents, of one customer: who knows what, and since when. */
public record MatrixView(List<Head> systems, List<Row> rows) {

  /** A record of a system: a column. {@code recordId} is null while it is to be created. */
  public record Head(String spoke, String recordId) {}

  /** A consent as it stands: a row. */
  public record Row(CustomerView.Subject subject, String state, Moment decided, List<Cell> cells) {}

  /**
   * Whether the system knows; {@code symbol} is null where it has nothing to know.
   *
   * @param css the class that colours it
   * @param at when it was confirmed, else sent, else noticed
   */
  public record Cell(
      String symbol,
      String css,
      String state,
      boolean late,
      Moment at,
      String by,
      Moment deadline,
      String reason) {
    static final Cell NOTHING = new Cell(null, "", "", false, null, null, null, null);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  static MatrixView of(List<Knowing> knowing, Instant now) {
    Set<Head> heads = new LinkedHashSet<>();
    knowing.stream().map(MatrixView::head).sorted(BY_NAME).forEach(heads::add);
    Map<Object, List<Knowing>> bySubject = new LinkedHashMap<>();
    knowing.forEach(k -> bySubject.computeIfAbsent(k.subject(), s -> new ArrayList<>()).add(k));
    var rows = bySubject.values().stream().map(of -> row(of, heads, now)).toList();
    return new MatrixView(List.copyOf(heads), rows);
  }

  private static final java.util.Comparator<Head> BY_NAME =
      java.util.Comparator.comparing(Head::spoke)
          .thenComparing(head -> Objects.toString(head.recordId(), ""));

  private static Head head(Knowing one) {
    return new Head(one.spoke(), one.recordId());
  }

  private static Row row(List<Knowing> of, Set<Head> heads, Instant now) {
    var first = of.get(0);
    var cells =
        heads.stream()
            .map(
                head ->
                    of.stream()
                        .filter(one -> head(one).equals(head))
                        .findFirst()
                        .map(one -> cell(one, now))
                        .orElse(Cell.NOTHING))
            .toList();
    return new Row(
        subject(first), first.consent().name(), Moment.of(first.decidedAt(), now), cells);
  }

  static CustomerView.Subject subject(Knowing one) {
    var subject = one.subject();
    return new CustomerView.Subject(
        subject.purpose(), subject.channel(), subject.topic(), subject.brand(), subject.boundTo());
  }

  static Cell cell(Knowing one, Instant now) {
    var at = one.confirmedAt() != null ? one.confirmedAt() : one.sentAt();
    return new Cell(
        symbol(one.state()),
        css(one),
        one.state().word(),
        one.late(),
        Moment.of(at != null ? at : one.noticedAt(), now),
        one.confirmedBy(),
        one.state().isOpen() ? Moment.of(one.deadline(), now) : null,
        one.reason());
  }

  private static String symbol(Knowing.State state) {
    return switch (state) {
      case CONFIRMED -> "✓";
      case SENT -> "→";
      case PENDING -> "…";
      case FAILED -> "✕";
      case CANNOT_HOLD -> "∅";
    };
  }

  private static String css(Knowing one) {
    return switch (one.state()) {
      case CONFIRMED -> "good";
      case FAILED -> "bad";
      case CANNOT_HOLD -> "";
      default -> one.late() ? "bad" : "busy";
    };
  }
}
