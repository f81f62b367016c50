-- what instances of the hub share, and what operators decide

-- who may read a spoke's source: one instance at a time
create table lease (
  name   text primary key,
  holder text not null,
  until  timestamptz not null           -- by the database's clock
);

-- spokes that an operator paused: nothing is read there and nothing written
create table spoke_pause (
  spoke     text primary key,
  reason    text not null,
  paused_by text not null,
  paused_at timestamptz not null
);

-- what operators did to what waited for them
create table operator_act (
  id       bigint generated always as identity primary key,
  at       timestamptz not null,
  who      text not null,
  act      text not null,               -- pause, resume, retry, discard, correct, replay
  what     json not null,               -- the selection: no payload and no personal data
  n        bigint not null,             -- how many it was about
  reason   text
);
create index invalid_message_cause on invalid_message (spoke, id);
create index delivery_failed on delivery (spoke, target) where state = 'failed';
