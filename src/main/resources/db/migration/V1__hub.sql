-- identity: what the spokes say, and which customer each record belongs to (the crosswalk)
create sequence source_record_id increment by 1 cache 1;
create table source_record (
  id          bigint primary key,
  spoke       text not null,
  record_id   text not null,
  customer_id uuid not null,
  deleted     boolean not null default false,
  content     json not null,            -- the canonical customer as this spoke itself states it
  since       json not null,            -- attribute -> when this spoke came to say so
  snapshot_at timestamptz,              -- nothing older than this may change the record
  consents    json not null default '[]',
  preferences json not null default '[]',
  keys        bigint[] not null default '{}',
  outcome     text not null default 'MATCH',
  rule        text not null,            -- why the record is linked to this customer
  linked_at   timestamptz not null,
  seen_at     timestamptz not null,
  unique (spoke, record_id)
);
create index source_record_customer on source_record (customer_id);

-- one row a blocking key: how many records have it, and the lock that serialises resolution
create table block (
  key  bigint primary key,
  size integer not null
) with (fillfactor = 80);
create table match_key (
  key              bigint not null,
  source_record_id bigint not null,
  primary key (key, source_record_id)
);
create table decision (
  id        bigint generated always as identity primary key,
  a_spoke   text not null,
  a_record  text not null,
  b_spoke   text not null,
  b_record  text not null,
  same      boolean not null,
  decided_by text not null,
  decided_at timestamptz not null,
  unique (a_spoke, a_record, b_spoke, b_record)
);

-- golden: the surviving view of each customer
create table customer (
  id          uuid primary key,
  version     bigint not null,
  type        text,
  state       json not null,            -- what nave.customers carries, without id and version
  lineage     json not null,
  digest      bigint not null,          -- of state
  search      tsvector not null,
  redirect_to uuid,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
) with (fillfactor = 85);
create index customer_search on customer using gin (search);
create table customer_history (
  customer_id uuid not null,
  version     bigint not null,
  at          timestamptz not null,
  state       json not null,
  lineage     json not null,
  primary key (customer_id, version)
);

-- consent: append-only
create table consent_entry (
  id          bigint generated always as identity primary key,
  spoke       text not null,
  record_id   text not null,
  purpose     text not null,
  channel     text not null,
  topic       text,
  brand       text,
  bound_to    text,
  state       text not null,
  decided_at  timestamptz,
  recorded_at timestamptz not null,
  legal_basis text,
  evidence    json not null
);
create index consent_entry_record on consent_entry (spoke, record_id);
create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'consent_entry is append-only'; end $$;
create trigger consent_entry_is_append_only before update or delete or truncate on consent_entry
  for each statement execute function refuse_change();

-- sync: the hub's own
create table progress (                 -- how far each partition of a log is reconciled
  topic_id  text not null,
  part      integer not null,
  next      bigint not null,
  invalid   bigint not null default 0,
  primary key (topic_id, part)
);
create table outbox (
  seq         bigint generated always as identity primary key,
  customer_id uuid not null,
  urgent      boolean not null
);
create table delivery (
  spoke        text not null,
  target       text not null,           -- the record's id in the spoke; '+<customer id>' while it is to be created
  customer_id  uuid not null,
  state        text not null,           -- due, delivered, unchanged, not-held, failed
  wanted       bigint not null,         -- version that should be there
  version      bigint,                  -- version that is there
  held         json,                    -- what the hub wrote there, as the spoke will report it back
  intent       json,                    -- what the hub is writing there now
  urgent       boolean not null default false,
  due_at       timestamptz,             -- null: nothing to do
  claimed_until timestamptz,
  attempts     integer not null default 0,
  error_kind   text,
  error        text,
  noticed_at   timestamptz not null,    -- when the change that is due was published
  done_at      timestamptz,
  primary key (spoke, target)
) with (fillfactor = 70);
create index delivery_due on delivery (spoke, urgent desc, due_at) where due_at is not null;
create index delivery_customer on delivery (customer_id);
create table tally (                    -- counters that survive a restart
  spoke     text not null,
  name      text not null,
  n         bigint not null,
  primary key (spoke, name)
);
create table invalid_message (
  id          bigint generated always as identity primary key,
  spoke       text not null,
  cause       text not null,
  payload     text not null,
  received_at timestamptz not null,
  from_log    boolean not null
);
create table cursor_position (
  spoke text not null,
  name  text not null,
  value text not null,
  primary key (spoke, name)
);
