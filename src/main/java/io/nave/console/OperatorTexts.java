package io.nave.console;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the pages for operators, in English. As {@link Texts}. */
@MessageBundle("operator")
public interface OperatorTexts {

  @Message("cannot be read")
  String unread();

  @Message("Changes there are not seen. First failed look:")
  String unread_since();

  @Message("Try again")
  String retry();

  @Message("Try all of them again")
  String retry_all();

  @Message("Look at them")
  String look();

  @Message("Take in")
  String take_in();

  @Message("Take all of them in again")
  String take_in_all();

  @Message("Give up")
  String discard();

  @Message("Reason")
  String reason();

  @Message("Failed deliveries to {spoke}")
  String dead_title(String spoke);

  @Message("Messages of {spoke} in quarantine")
  String quarantine_title(String spoke);

  @Message("What would be sent now")
  String payload();

  @Message("What the record holds there, as far as is known")
  String held();

  @Message("Nothing: the system cannot hold this customer any more, or the mapping fails.")
  String no_payload();

  @Message("The record is to be created.")
  String creation();

  @Message("{#if n == 1}1 try{#else}{n} tries{/if}, the last one")
  String tries(int n);

  @Message("record")
  String record();

  @Message("version {n}")
  String version(long n);

  @Message("What came in; correct it here, or mend the mapping and take it in as it is")
  String what_came_in();

  @Message("an observation that was accepted before")
  String from_log();

  @Message("a record of the system, before its mapping")
  String from_vendor();

  @Message("{#if n == '1'}1 is tried again.{#else}{n} are tried again.{/if}")
  String retried(String n);

  @Message("{#if n == '1'}1 was taken in.{#else}{n} were taken in.{/if}")
  String taken(String n);

  @Message("{#if n == '1'}1 was given up.{#else}{n} were given up.{/if}")
  String discarded(String n);

  @Message("Show more")
  String more();

  @Message("Back to what waits")
  String back();

  @Message("It is empty: nothing waits here any more.")
  String empty();

  @Message("What to do")
  String what_now();

  @Message("Systems")
  String systems();

  @Message("Read by")
  String reader();

  @Message("In, per minute")
  String in_minute();

  @Message("Out, per minute")
  String out_minute();

  @Message("Requests today")
  String requests();

  @Message("{used} of {limit}")
  String of(String used, String limit);

  @Message("waits for its budget; goes on")
  String waits();

  @Message("Due")
  String due();

  @Message("Oldest")
  String oldest();

  @Message("running")
  String running();

  @Message("down")
  String down();

  @Message("Pause")
  String pause();

  @Message("Pause {name}")
  String pause_one(String name);

  @Message("Resume")
  String resume();

  @Message("Resume {name}")
  String resume_one(String name);

  @Message("Routes")
  String routes();

  @Message(
      "The Camel routes of this instance, and what each has done since it started. What counts as"
          + " one depends on what a route reads: a turn of a timer, a batch of a topic, a poll, a"
          + " record.")
  String routes_lead();

  @Message("Routes, from each system's source through the hub to each system's sink")
  String routes_drawing();

  @Message("{n} done")
  String n_done(String n);

  @Message("{n} in flight")
  String n_in_flight(String n);

  @Message("{n} failed")
  String n_failed(String n);

  @Message("stopped")
  String stopped();

  @Message("Route")
  String route();

  @Message("the hub")
  String of_the_hub();

  @Message("Done")
  String exchanges();

  @Message("In flight")
  String in_flight();

  @Message("Mean time")
  String mean();

  @Message("Audits")
  String audits();

  @Message(
      "What systems really hold, beside what they should. Each bar is an audit: its height is the"
          + " share of records with something wrong.")
  String audits_lead();

  @Message("No audit yet.")
  String no_audits();

  @Message("Audit {name} now")
  String audit_now(String name);

  @Message("{n} of {total} records differ, {other} other findings")
  String verdict(String n, String total, String other);

  @Message("All {n} records are as they should be.")
  String verdict_clean(String n);

  @Message("{n} of {total} records read")
  String audit_progress(String n, String total);

  @Message("cancelled after {n} of {total} records")
  String audit_cancelled(String n, String total);

  @Message("Findings")
  String findings();

  @Message("Field")
  String field();

  @Message("Records")
  String records();

  @Message("The first ones")
  String first_ones();

  @Message("the hub believed that all was well")
  String believed();

  @Message("Put right")
  String repair();

  @Message("put right")
  String repaired();

  @Message(
      "Writes the records that differ, as a replay, and takes notice of those that are gone. Stops"
          + " and duplicates are left to people.")
  String repair_lead();

  @Message(
      "{#switch kind}{#case 'differs'}differs{#case 'vanished'}gone there, and nobody told the hub"
          + "{#case 'stop'}holds a stop that the hub has not heard of{#case 'unread'}could not be"
          + " read{#case 'duplicate'}one of several records of a customer{#case"
          + " 'crosswalk'}the hub's tables contradict each other{#else}{kind}{/switch}")
  String finding(String kind);

  @Message("Replays")
  String replays();

  @Message("Compares customers with a system again, behind all news. Begun with ./nave replay.")
  String replays_lead();

  @Message("System")
  String system();

  @Message("Customers")
  String customers();

  @Message("Wait")
  String waiting();

  @Message("Written")
  String written();

  @Message("Held already")
  String unchanged();

  @Message("Failed")
  String failed();

  @Message("all customers")
  String all_customers();

  @Message("dry run")
  String dry_run();

  @Message("quiet")
  String quiet();

  @Message("Cancel")
  String cancel();

  @Message("{act} replay {id}")
  String replay_act(String act, long id);

  @Message(
      "{#switch state}{#case 'running'}running{#case 'paused'}paused{#case 'done'}done"
          + "{#case 'cancelled'}cancelled{#else}{state}{/switch}")
  String replay_state(String state);

  @Message("What operators did lately")
  String acts();

  @Message("Nothing yet.")
  String no_acts();

  @Message("When")
  String when();

  @Message("Who")
  String who();

  @Message("Did")
  String did();

  @Message("To what")
  String on_what();

  @Message(
      "{#switch act}{#case 'pause'}paused{#case 'resume'}resumed{#case 'retry'}tried again"
          + "{#case 'discard'}gave up{#case 'correct'}corrected{#case 'replay'}sent again"
          + "{#case 'begin-replay'}began a replay{#case 'pause-replay'}paused a replay"
          + "{#case 'resume-replay'}resumed a replay{#case 'cancel-replay'}cancelled a replay{#case 'repair'}repaired"
          + "{#else}{act}{/switch}")
  String act(String act);

  @Message("This still cannot be taken in:")
  String refused();
}
