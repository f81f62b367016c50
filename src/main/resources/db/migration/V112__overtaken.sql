-- sync: when the hub last wrote a record, and since when what it holds has to be looked at before it is written again,
-- because it changed before that write ended
alter table delivery add column wrote_at timestamptz;
alter table delivery add column unsure_at timestamptz;
