-- consent: whether the personal part names an address or number, so that it is opened only where that matters
alter table consent_entry
  add column bound boolean not null default false;

-- what was erased on request: the proof that it was, without the customer
create table consent_erasure (
  id        bigint generated always as identity primary key,
  spoke     text not null,
  record_id text not null,
  key_id    bigint not null,
  reason    text not null,
  by        text not null,
  at        timestamptz not null
);
create index consent_erasure_record on consent_erasure (spoke, record_id);
