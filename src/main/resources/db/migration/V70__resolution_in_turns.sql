-- identity: records are resolved in turns. The number of the last turn; who locks the row has the next one.
create table resolution (
  turn bigint not null
);
insert into resolution (turn) values (0);

-- what changed in each turn, for those who looked before it; only the last turns are kept
create table resolution_turn (
  turn    bigint primary key,
  records bigint[],                     -- those compared anew; null: all, their keys too
  worn    bigint[] not null             -- the keys that were worn out
);

-- a key that too many records had is worn out: it has one row, of no record (0)
insert into match_key (key, source_record_id)
  select b.key, 0 from block b
  where b.size > 0 and not exists (select from match_key m where m.key = b.key);
drop table block;

-- a row twice says no more than once, and a unique index costs more
alter table match_key drop constraint match_key_pkey;
create index match_key_key on match_key (key, source_record_id);
