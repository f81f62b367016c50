-- consent: when a try to tell it ended that had no answer; null: there was none. What is reported of that time is the hub's word,
-- also where the notice was replaced and never sent
alter table consent_notice add column tried_at timestamptz;
