-- sync: who knows what. A row says what one record of one spoke has to hold of one consent. Where a spoke said it itself, or
-- has no place for it, there is no row. What takes a row's place leaves it behind as history.
create table consent_notice (
  id            bigint generated always as identity primary key,
  spoke         text not null,
  record_id     text not null,
  customer_id   uuid not null,
  version       bigint not null,          -- the customer's version that says so
  purpose       text not null,
  channel       text not null,
  topic         text,
  brand         text,
  bound_to      text,
  consent       text not null,            -- granted, withdrawn, …
  decided_at    timestamptz,
  state         text not null,            -- pending, sent, confirmed, failed, cannot-hold
  urgent        boolean not null,
  noticed_at    timestamptz not null,     -- when the hub came to know that the record has to hold it
  deadline      timestamptz not null,
  sent_at       timestamptz,
  confirmed_at  timestamptz,
  confirmed_by  text,                     -- read, echo
  read_at       timestamptz,              -- when the record is read back; null: not
  reads         integer not null default 0,
  contradicted  integer not null default 0,
  claimed_until timestamptz,
  error         text,
  told_at       timestamptz,              -- when the webhook was told that it is late
  replaced_at   timestamptz
) with (fillfactor = 70);
create unique index consent_notice_now
  on consent_notice (spoke, record_id, purpose, channel, topic, brand, bound_to) nulls not distinct where replaced_at is null;
create index consent_notice_record on consent_notice (spoke, record_id);
create index consent_notice_read on consent_notice (spoke, urgent desc, read_at) where read_at is not null;
create index consent_notice_open on consent_notice (deadline, id)
  where replaced_at is null and state in ('pending', 'sent', 'failed');
create index consent_notice_noticed on consent_notice using brin (noticed_at);

alter table delivery add column seen json; -- what was read there, where it is not what was delivered; counts for the next delivery
