-- identity: what the matcher found out about pairs of source records
create table match_edge (
  a       bigint not null,              -- source_record.id, the lower one
  b       bigint not null,
  weight  real not null,
  outcome text not null,                -- MATCH, POSSIBLE_MATCH
  rule    text not null,
  primary key (a, b)
);
create index match_edge_b on match_edge (b);
