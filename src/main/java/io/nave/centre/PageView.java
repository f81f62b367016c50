package io.nave.centre;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * The page on which a customer sees and changes everything.
 *
 * @param notice what became of her last act; null: nothing
 * @param mistakes what is wrong with what she sent; then nothing was saved
 * @param known who knows of her last change; null: she changed nothing here
 * @param signal what is said of Global Privacy Control; null: nothing
 * @param asksSignal whether the signal can still be noted
 * @param more how many decisions are not shown; null: none
 */
@TemplateData
public record PageView(
    Frame f,
    String action,
    String hello,
    String notice,
    List<Mistake> mistakes,
    String mistakesTitle,
    KnownView known,
    String signal,
    boolean asksSignal,
    boolean stopped,
    List<PurposeView> purposes,
    List<PurposeView> always,
    List<WishView> wishes,
    List<FieldView> fields,
    List<OptionView> countries,
    List<Line> history,
    String more) {

  /** A mistake and the field it is in. */
  @TemplateData
  public record Mistake(String field, String text) {}

  /** A purpose with its switches. */
  @TemplateData
  public record PurposeView(
      String name, String title, String text, List<Switch> channels, List<Switch> topics) {}

  /**
   * A switch.
   *
   * @param was {@code on} or {@code off}: as it is shown for the first time
   * @param note such as "waits for your confirmation"; null: none
   * @param resend what the button to send the confirmation again is called; null: none
   */
  @TemplateData
  public record Switch(
      String field,
      String title,
      boolean on,
      String was,
      String note,
      String resend,
      String error) {}

  /** A value that can be chosen. */
  @TemplateData
  public record OptionView(String value, String title, boolean chosen) {}

  /**
   * A wish.
   *
   * @param kind see {@link Preferable.Kind}
   * @param was what is known, as the form has it
   * @param from of hours
   * @param to of hours
   */
  @TemplateData
  public record WishView(
      String field,
      String kind,
      String title,
      String hint,
      String was,
      List<OptionView> options,
      FieldView from,
      FieldView to,
      String error) {}

  /** A field that is typed into. */
  @TemplateData
  public record FieldView(
      String field,
      String title,
      String value,
      String was,
      String type,
      String autocomplete,
      String error) {}

  /**
   * A line of the history.
   *
   * @param receipt address of the receipt; null: none
   */
  @TemplateData
  public record Line(String text, String receipt, String receiptOf) {}
}
