-- identity: what people decide. A decision stands until it is retracted; nothing is ever lost.
alter table decision
  add column reason       text,
  add column retracted_at timestamptz,
  add column retracted_by text;
alter table decision drop constraint decision_a_spoke_a_record_b_spoke_b_record_key;
create unique index decision_stands on decision (a_spoke, a_record, b_spoke, b_record)
  where retracted_at is null;
create index decision_a on decision (a_spoke, a_record);
create index decision_b on decision (b_spoke, b_record);
create index customer_redirect on customer (redirect_to) where redirect_to is not null;

-- one task a pair of customers that may be one: the strongest edge between them
create table review_task (
  a_customer uuid not null,             -- the lower one
  b_customer uuid not null,
  a          bigint not null,           -- the edge's source records
  b          bigint not null,
  a_spoke    text not null,
  b_spoke    text not null,
  weight     real not null,
  outcome    text not null,
  rule       text not null,
  primary key (a_customer, b_customer)
);
create index review_task_b on review_task (b_customer);
create index review_task_order on review_task ((- weight), a_customer, b_customer);
create index review_task_rule on review_task (rule, weight);
create table review_later (
  a_customer uuid not null,
  b_customer uuid not null,
  until      timestamptz not null,
  primary key (a_customer, b_customer)
);
