-- consent: the hub's own keys. What the deployment brings along has no secret here, only its public part.
create table signing_key (
  id         text primary key,          -- what a signature names (kid)
  use        text not null,             -- receipt, link, …
  secret     bytea,                     -- null: kept outside, or retired
  public     bytea,                     -- null: a secret that only the hub itself checks
  created_at timestamptz not null
);
create unique index signing_key_own on signing_key (use) where secret is not null;

-- who acted, how, and under which notice; what is personal is sealed with a key that can be destroyed
create table consent_key (
  id        bigint generated always as identity primary key,
  spoke     text not null,
  record_id text not null,
  key       bytea not null,
  unique (spoke, record_id)
);
alter table consent_entry
  add column actor          text,
  add column method         text,
  add column notice         text,        -- the version of the wording, as purposes.yaml has it
  add column language       text,
  add column key_id         bigint,      -- of consent_key; gone: erased
  add column personal       bytea,       -- the address it is bound to, evidence and wording, encrypted
  alter column evidence drop not null;   -- lines of older hubs have it in clear

-- the chain: one seal an entry, made right behind
create table consent_unsealed (
  entry_id bigint primary key
);
create table consent_seal (
  seq      bigint primary key,
  entry_id bigint not null unique,
  hash     bytea not null                -- of the previous hash and the entry
);
create table consent_checkpoint (
  seq       bigint primary key,
  hash      bytea not null,
  at        timestamptz not null,
  key_id    text not null,
  signature bytea not null
);
create trigger consent_seal_is_append_only before update or delete or truncate on consent_seal
  for each statement execute function refuse_change();
create or replace function refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% is append-only', tg_table_name; end $$;

-- customers with a grant that ends by itself, and when the first of them does
create table consent_end (
  customer_id uuid primary key,
  at          timestamptz not null
);
create index consent_end_at on consent_end (at);
