package io.nave.console;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts about who knows of which consent, in English. As {@link Texts}. */
@MessageBundle("who")
public interface PropagationTexts {

  @Message("Who knows")
  String who_knows();

  @Message("Which system knows of which consent")
  String matrix();

  @Message("Consent")
  String consent();

  @Message("record to be created")
  String to_create();

  @Message(
      "{#switch state}{#case 'confirmed'}confirmed{#case 'sent'}sent, not confirmed{#case 'pending'}not"
          + " sent yet{#case 'failed'}failed{#case 'cannot-hold'}has no place for it{#else}{state}"
          + "{/switch}")
  String state(String state);

  @Message(
      "{#switch by}{#case 'read'}read back{#case 'echo'}the system reported it{#case 'own'}said so"
          + " itself{#else}{by}{/switch}")
  String by(String by);

  @Message("late")
  String late();

  @Message("known by")
  String deadline();

  @Message("has no record")
  String nothing_there();

  @Message("Compliance file")
  String compliance();

  @Message("Who does not know yet")
  String title();

  @Message(
      "Each change of consent goes to every system that can hold it, and is read back there. What is"
          + " not confirmed yet is listed here; past its deadline it is late.")
  String lead();

  @Message("Every system knows what it can hold.")
  String all_known();

  @Message("Not confirmed")
  String open();

  @Message("Late")
  String late_head();

  @Message("Failed")
  String failed();

  @Message("All")
  String all();

  @Message("Show")
  String show();

  @Message("Customer")
  String customer();

  @Message("System")
  String system();

  @Message("State")
  String state_head();

  @Message("Since")
  String since();

  @Message("Deadline")
  String deadline_head();

  @Message("Nothing of this kind.")
  String none_of_these();

  @Message("Next")
  String next();

  @Message("From the act to the last system")
  String times();

  @Message(
      "{#if n == '0'}No act of the last seven days is known to all systems yet.{#else if n == '1'}1"
          + " act of the last seven days.{#else}{n} acts of the last seven days.{/if}")
  String times_lead(String n);

  @Message("Half within {p50}, 95 of 100 within {p95}, 99 of 100 within {p99}.")
  String percentiles(String p50, String p95, String p99);

  @Message("Time")
  String time();

  @Message("Acts")
  String acts();

  @Message("Histogram; the table says the same in numbers.")
  String drawing();

  @Message("The numbers")
  String numbers();

  @Message("As of {day}")
  String as_of(String day);

  @Message("Made {at}")
  String made(String at);

  @Message("Day")
  String day();

  @Message("Version {n} of the golden record")
  String golden(String n);

  @Message("Consents on that day")
  String consents_then();

  @Message("The whole history, the earliest first")
  String history();

  @Message("What happened")
  String happened();

  @Message("Door")
  String door();

  @Message("Who")
  String who();

  @Message("Wording")
  String wording();

  @Message("recorded")
  String recorded();

  @Message("entry {n}")
  String entry(String n);

  @Message("Print")
  String print();

  @Message("As JSON")
  String json();

  @Message("Nothing was said about consent.")
  String nothing_said();

  @Message("That is not a day")
  String no_day();
}
