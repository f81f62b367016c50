-- sync: customers that an operator makes due for a spoke again, and how far that is
create table replay (
  id          bigint generated always as identity primary key,
  spoke       text not null,
  what        jsonb not null,           -- which customers are meant; {}: all
  quiet       boolean not null,         -- sinks are asked not to set off the vendor's automations
  dry_run     boolean not null,         -- only compares, and counts
  asked_by    text not null,
  state       text not null,            -- running, paused, cancelled, done
  started_at  timestamptz not null,
  finished_at timestamptz,
  total       bigint not null,          -- customers that were meant when it began
  position    uuid,                     -- the last customer that is done, or made due
  customers   bigint not null default 0,
  created     bigint not null default 0,  -- records, as below; of a dry run: what would be done
  updated     bigint not null default 0,
  unchanged   bigint not null default 0,
  not_held    bigint not null default 0,
  failed      bigint not null default 0,
  samples     uuid[] not null default '{}' -- of a dry run: customers of the first records that differ
);
create unique index replay_running on replay (spoke)
  where state in ('running', 'paused') and not dry_run;

alter table delivery add column replay bigint; -- the replay that made it due
create index delivery_replay on delivery (spoke, due_at) where replay is not null;
