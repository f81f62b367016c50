-- golden: when a customer's attributes came from other records than before, for loops to be looked for; kept while that may matter
create table source_move (
  customer_id uuid not null,
  at          timestamptz not null
);
create index source_move_at on source_move (at);
-- a digest of which records the attributes of the present version come from; null: written by an older version of the hub
alter table customer add column sources bigint;
