package io.nave.console;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * Every text of the pages, in English. A translation is a file {@code
 * messages/msg_<language>.properties} with the names of these methods.
 */
@MessageBundle
public interface Texts {

  // -- on every page

  @Message("Nave")
  String nave();

  @Message("Skip to content")
  String skip();

  @Message("Main")
  String navigation();

  @Message("Wheel")
  String wheel();

  @Message("Customers")
  String customers();

  @Message("Waiting for a person")
  String waiting();

  @Message("Waiting")
  String waiting_short();

  @Message("Change between light and dark")
  String theme();

  @Message("Find a customer")
  String find();

  @Message("Name, e-mail or phone")
  String find_hint();

  @Message("Press / to search from anywhere")
  String find_key();

  @Message("The hub does not answer. Trying again …")
  String offline();

  // -- the wheel

  @Message("What flows between the hub and its spokes")
  String wheel_lead();

  @Message("The hub and its spokes; the table below says the same in words.")
  String wheel_drawing();

  @Message("Preference centre")
  String preference_centre();

  @Message("customers")
  String unit_customers();

  @Message("from {n} records")
  String from_records(String n);

  @Message("all reconciled")
  String all_reconciled();

  @Message("{n} to reconcile")
  String to_reconcile(String n);

  @Message("Towards the hub: observations")
  String legend_in();

  @Message("From the hub: deliveries")
  String legend_out();

  @Message(
      "No spokes are connected yet. Put a system's settings into config/application.yaml and start again.")
  String no_spokes();

  @Message("The first numbers come in a moment.")
  String no_reading();

  @Message("The numbers cannot be read now ({cause}); these are the last ones.")
  String old_reading(String cause);

  @Message("Paused: {names}")
  String paused_spokes(String names);

  @Message("Nothing is paused.")
  String none_paused();

  @Message("The last five minutes")
  String last_minutes();

  @Message("observations/s")
  String per_second_in();

  @Message("deliveries/s")
  String per_second_out();

  @Message("5 min ago")
  String chart_start();

  @Message("now")
  String now();

  @Message("Spokes")
  String spokes();

  @Message("Spoke")
  String spoke();

  @Message("Records")
  String records();

  @Message("In, per second")
  String in_rate();

  @Message("Out, per second")
  String out_rate();

  @Message("Observed")
  String observed();

  @Message("Delivered")
  String delivered();

  @Message("Already held")
  String unchanged();

  @Message("On the way")
  String lag();

  @Message("Failed")
  String failed();

  @Message("State")
  String state();

  @Message("The hub")
  String hub();

  @Message("{n} records")
  String n_records(String n);

  @Message("{n} on the way")
  String n_lag(String n);

  @Message("{n} failed")
  String n_failed(String n);

  @Message("paused")
  String paused();

  @Message(
      "{#switch kind}{#case 'SPOKE_DOWN'}the system does not answer{#case 'UNAUTHORISED'}the system"
          + " refuses the hub{#case 'TRANSIENT'}gave up trying{#case 'PERMANENT'}refused{#case 'DISABLED'}the hub is to write nothing{#case"
          + " 'INVALID'}does not fit{#else}{kind}{/switch}")
  String failure_kind(String kind);

  @Message("well")
  String well();

  @Message("some failed")
  String some_failed();

  @Message("contributes only")
  String contributes();

  @Message("{n} invalid")
  String n_invalid(String n);

  // -- search

  @Message("Type a name in any script, a town, an e-mail address or a phone number.")
  String search_empty();

  @Message(
      "Nobody is found for “{query}”. A shorter beginning of the name may help; e-mail addresses and phone numbers must be whole.")
  String search_none(String query);

  @Message(
      "{#if n == '1'}1 customer{#else if more}The first {n} customers; type more to narrow it down{#else}{n} customers{/if}")
  String search_found(String n, boolean more);

  @Message("without a name")
  String nameless();

  // -- a customer

  @Message("There is no customer {id}.")
  String missing(String id);

  @Message("Not found")
  String not_found();

  @Message("Version {n}")
  String version(String n);

  @Message("Changed")
  String changed();

  @Message("First seen")
  String first_seen();

  @Message("Customer id")
  String customer_id();

  @Message("Gone: every source has deleted its record.")
  String deleted();

  @Message("deleted there")
  String deleted_there();

  @Message("What the hub holds to be true")
  String golden();

  @Message("Attribute")
  String attribute_head();

  @Message("Value")
  String value();

  @Message("Where it comes from")
  String origin();

  @Message("since")
  String since();

  @Message(
      "{#switch rule}{#case 'only'}nobody else says anything{#case 'recent'}changed last there{#case 'priority'}most trusted for this{#case 'frequent'}most records say so{#case 'complete'}the fullest{#case 'verified'}verified there{#case 'longest'}the longest{#case 'minimum'}the least{#case 'maximum'}the greatest{#case 'fresh'}the others are too old{#case 'order'}nothing else tells them apart{#case 'pinned'}pinned{#else}{rule}{/switch}")
  String rule(String rule);

  @Message("What each source says")
  String sources();

  @Message("survives")
  String survives();

  @Message("agrees")
  String agrees();

  @Message("differs")
  String differs();

  @Message("nothing")
  String nothing();

  @Message(
      "{#switch rule}{#case 'alone'}first of this customer{#case 'matched'}matched{#else}{rule}{/switch}")
  String link(String rule);

  @Message("What the customer allows")
  String consents();

  @Message("Nobody has said anything about consent; so nothing is allowed that needs it.")
  String consents_none();

  @Message("at an unknown time")
  String time_unknown();

  @Message("What was said about consent, newest first")
  String consent_history();

  @Message("recorded")
  String recorded();

  @Message(
      "{#switch state}{#case 'granted'}granted{#case 'denied'}denied{#case 'withdrawn'}withdrawn"
          + "{#case 'pending'}pending{#case 'expired'}expired{#else}{state}{/switch}")
  String consent_state(String state);

  @Message("Which system knows which version")
  String deliveries();

  @Message("No connected system takes deliveries of this customer.")
  String deliveries_none();

  @Message("version {n}")
  String holds_version(String n);

  @Message(
      "{#switch state}{#case 'delivered'}holds it{#case 'unchanged'}held it already{#case 'due'}on its way{#case 'failed'}failed{#case 'discarded'}given up{#case 'not-held'}cannot hold it{#else}{state}{/switch}")
  String delivery_state(String state);

  @Message("version {n} on its way")
  String wanted(String n);

  @Message("tried {n} times")
  String attempts(int n);

  @Message("Versions")
  String versions();

  @Message("first version")
  String first_version();

  // -- pins

  @Message("Pin")
  String pin();

  @Message("Pin {attribute} as {spoke} says it")
  String pin_from(String attribute, String spoke);

  @Message("Unpin")
  String unpin();

  @Message("Unpin {attribute}")
  String unpin_what(String attribute);

  @Message("Pin another value")
  String pin_value();

  @Message(
      "A pinned value beats every rule until it is unpinned. A pinned e-mail or phone comes first; the others stay.")
  String pin_lead();

  @Message("Reason")
  String reason();

  @Message("Your name")
  String your_name();

  @Message("That cannot be pinned")
  String pin_refused();

  @Message("Back to the customer")
  String back_to_customer();

  // -- the timeline

  @Message("Timeline")
  String timeline();

  @Message("What the hub held to be true, and since when")
  String timeline_lead();

  @Message(
      "A band is an attribute, its colours are the sources. A longer time is wider, but not in proportion. All of it is in words below.")
  String timeline_how();

  @Message("Every change, newest first")
  String timeline_changes();

  @Message("Colours")
  String colours();

  @Message("was merged into another customer")
  String merged_since();

  @Message("pinned by {by}")
  String pinned_by(String by);

  @Message("unpinned by {by}")
  String unpinned_by(String by);

  @Message("was")
  String was();

  @Message("now")
  String is_now();

  @Message("same values, another order or other details; the first is shown")
  String details_changed();

  @Message("no longer known")
  String no_longer();

  @Message("Older versions")
  String older_versions();

  @Message("Newest versions")
  String newest_versions();

  @Message("steward")
  String steward();

  @Message(
      "{#switch key}{#case 'name'}Name{#case 'birthDate'}Birth date{#case 'gender'}Gender{#case 'language'}Language{#case 'emails'}E-mail{#case 'phones'}Phone{#case 'addresses'}Address{#case 'identifiers'}Identifier{#case 'memberships'}Works for{#case 'domains'}Domain{#case 'type'}Type{#case 'lifecycle'}Lifecycle{#case 'consents'}Consents{#case 'preferences'}Preferences{#case 'records'}Records{#case 'deleted'}Deletion{#case 'mergedInto'}Merge{#else}{key.replace('attributes.', '')}{/switch}")
  String attribute(String key);

  @Message(
      "{#switch channel}{#case 'any'}every channel{#case 'email'}e-mail{#case 'sms'}text message{#case 'push'}push message{#else}{channel}{/switch}")
  String channel(String channel);

  // -- what waits for a person

  @Message("Nothing waits for a person.")
  String nothing_waits();

  @Message("Invalid messages")
  String invalid_messages();

  @Message(
      "Messages that could not be understood. They are kept with their cause, and change nothing.")
  String invalid_lead();

  @Message("Failed deliveries")
  String dead_letters();

  @Message(
      "Understood, but a system would not take them. Each can be tried again once its cause is gone.")
  String dead_lead();

  @Message("Cause")
  String cause();

  @Message("How many")
  String how_many();

  @Message("First")
  String first();

  @Message("Last")
  String last();

  @Message("Example")
  String example();

  @Message("a customer")
  String a_customer();
}
