-- identity: what speaks for two source records being of one customer. A row a pair, the lower id first.
create table match_edge (
  a       bigint not null,
  b       bigint not null,
  weight  real not null,                -- bits, prior included
  outcome text not null,                -- MATCH, POSSIBLE_MATCH
  rule    text not null,                -- the rule that decided, or score
  primary key (a, b)
);
create index match_edge_b on match_edge (b);
