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
