-- sync: what the hub had written to a record before the last time, for a day: a report may come late.
create table written_before (
  spoke   text not null,
  target  text not null,
  held    json not null,
  until   timestamptz not null          -- when something else was written there
);
create index written_before_target on written_before (spoke, target);
create index written_before_until on written_before (until);

-- Records that the hub is creating now: a spoke may report one before it has answered.
create index delivery_creating on delivery (spoke) where intent is not null and target like '+%';
