package io.nave.console;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the pages on which stewards decide, in English. As {@link Texts}. */
@MessageBundle("steward")
public interface StewardTexts {

  @Message("Review")
  String review();

  @Message("Customers that may be one")
  String review_title();

  @Message(
      "Pairs that the matcher could not decide, the strongest first. Your word beats every rule, and can be taken back.")
  String review_lead();

  @Message("Attributes that kept flipping between systems")
  String frozen();

  @Message(
      "The hub pinned them as they were, and corrects them nowhere any more. Look at the customer,"
          + " then pin what is right, or take the pin back.")
  String frozen_lead();

  @Message("Why")
  String frozen_why();

  @Message("Frozen")
  String frozen_at();

  @Message("Trail")
  String trail();

  @Message("Look at the customer")
  String look_at();

  @Message(
      "{#if n == '0'}Nothing waits.{#else if n == '1'}1 pair waits.{#else}{n} pairs wait.{/if}")
  String open(String n);

  @Message("{#if n == '1'}1 pair was decided.{#else}{n} pairs were decided.{/if}")
  String decided(String n);

  @Message("No pair fits what you asked for.")
  String none_fits();

  @Message("Start with the strongest")
  String start();

  @Message("Weight")
  String weight();

  @Message("At least this weight")
  String min_weight();

  @Message("Spoke")
  String spoke();

  @Message("all")
  String all();

  @Message("Show")
  String show();

  @Message("One customer")
  String one();

  @Message("Another customer")
  String other();

  @Message("Found by")
  String found_by();

  @Message("More")
  String more();

  @Message("alike enough, but other records speak against it")
  String severed();

  @Message("All pairs of one rule at once")
  String bulk();

  @Message("Rule")
  String rule();

  @Message("by weight")
  String by_weight();

  @Message("{rule}: {n}, weight {lightest} to {heaviest}")
  String rule_option(String rule, String n, String lightest, String heaviest);

  @Message("Answer")
  String answer();

  @Message("Reason")
  String reason();

  @Message("Reason (optional)")
  String reason_hint();

  @Message("See how many")
  String dry_run();

  @Message(
      "{#if answer == 'same'}Join{#else}Keep apart{/if} {#if n == '1'}1 pair{#else}{n} pairs{/if}?")
  String bulk_title(String answer, String n);

  @Message(
      "All open pairs that the rule “{rule}” found{#if weight} with a weight of at least {weight}{/if}. Each decision can be retracted on its own.")
  String bulk_lead(String rule, String weight);

  @Message("Yes, decide {n}")
  String bulk_yes(String n);

  @Message("No, go back")
  String back();

  @Message("Is this the same customer?")
  String question();

  @Message("Pair {n} of {open}")
  String number(String n, String open);

  @Message("Same")
  String same();

  @Message("Different")
  String different();

  @Message("Later")
  String later();

  @Message("Next")
  String next();

  @Message("Previous")
  String previous();

  @Message("All pairs")
  String list();

  @Message("Later: the pair comes back after a day.")
  String later_hint();

  @Message("Evidence")
  String evidence();

  @Message("{weight} in all")
  String total(String weight);

  @Message("against")
  String against();

  @Message("Attribute")
  String attribute();

  @Message("What the records {a} and {b} say, and how much it weighs.")
  String evidence_of(String a, String b);

  @Message("No rule speaks for these two records now.")
  String no_evidence();

  @Message("What keeps them apart")
  String objections();

  @Message("Side by side")
  String side_by_side();

  @Message("on both sides")
  String shared();

  @Message("Why these records")
  String why();

  @Message("Why these records are one customer")
  String why_title();

  @Message("Back to the customer")
  String to_customer();

  @Message("The records and what links them; the tables below say the same in words.")
  String drawing();

  @Message("and {n} more records")
  String more_records(int n);

  @Message("holds them together")
  String key_holds();

  @Message("confirms it")
  String key_confirms();

  @Message("a steward’s word")
  String key_steward();

  @Message("not enough by itself")
  String key_possible();

  @Message("What holds the records together")
  String holding();

  @Message("What also speaks for it")
  String confirming();

  @Message("What may belong here, too")
  String possible();

  @Message("What is alike enough, but kept apart")
  String severed_title();

  @Message("This customer has one record: nothing had to be linked.")
  String alone();

  @Message("A steward decided it.")
  String decided_by_steward();

  @Message("Review it")
  String review_it();

  @Message("the other customer")
  String other_customer();

  @Message("Records")
  String records();

  @Message("Separate")
  String separate();

  @Message("Separate {record} from this customer")
  String separate_record(String record);

  @Message(
      "Separating keeps a record apart from the others from now on. What stewards had said to join it is retracted.")
  String separate_lead();

  @Message("The record is apart now:")
  String separated();

  @Message("its customer")
  String its_customer();

  @Message("Merge with another customer")
  String merge();

  @Message("Customer id or address of its page")
  String merge_with();

  @Message("Merge")
  String do_merge();

  @Message("Decisions about these records")
  String decisions();

  @Message("{#if same}are the same customer{#else}are two customers{/if}")
  String says(boolean same);

  @Message("the hub, which created the record")
  String by_hub();

  @Message("Retract")
  String retract();

  @Message("Nothing was changed")
  String refused();

  @Message("These decisions stand against it. Retract one, then try again.")
  String refused_lead();

  @Message("Try other rules")
  String rules_link();

  @Message("What other rules would do")
  String rules_title();

  @Message(
      "All records are matched anew with the rules below, and with what stewards decided. Nothing is"
          + " changed by it.")
  String rules_lead();

  @Message("Rules of matching (matching.yaml)")
  String rules_text();

  @Message("Try them")
  String rules_try();

  @Message("Somebody else is trying rules just now. Wait a little, then try again.")
  String rules_busy();

  @Message("{records} records are {now} customers now, and would be {then}.")
  String rules_then(String records, String now, String then);

  @Message(
      "{#if n == '0'}No customers would become one{#else}{parts} customers would become {n}{/if}")
  String rules_merges(String n, String parts);

  @Message(
      "{#if n == '0'}No customer would fall apart{#else if n == '1'}1 customer would fall apart into"
          + " {parts}{#else}{n} customers would fall apart into {parts}{/if}")
  String rules_splits(String n, String parts);

  @Message("and {n} more")
  String rules_more(String n);

  @Message(
      "{#switch outcome}{#case 'MATCH'}one customer{#case 'POSSIBLE_MATCH'}a pair for a"
          + " steward{#else}two customers{/switch}")
  String rules_outcome(String outcome);

  @Message("would be")
  String rules_becomes();

  @Message(
      "To put rules into force, save them and call ./nave match apply FILE. It is done in the"
          + " background, and stewards' decisions stay.")
  String rules_apply();
}
