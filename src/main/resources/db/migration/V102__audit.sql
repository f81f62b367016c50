-- sync: audits compare what a spoke really holds with what the hub believes and wants
create table audit (
  id          bigint generated always as identity primary key,
  spoke       text not null,
  asked_by    text not null,
  state       text not null,            -- running, cancelled, done
  started_at  timestamptz not null,
  finished_at timestamptz,
  claimed_until timestamptz,            -- the instance that is at it renews it
  total       bigint not null,          -- records of the spoke when it began
  position    text,                     -- the last record that is done
  records     bigint not null default 0, -- that were read
  pending     bigint not null default 0, -- with a delivery under way: not judged
  differing   bigint not null default 0, -- records with at least one field that differs
  repaired_at timestamptz
);
create unique index audit_running on audit (spoke) where state = 'running';
create index audit_spoke on audit (spoke, id);

create table audit_finding (
  audit       bigint not null,
  kind        text not null,            -- differs, vanished, stop, unread, duplicate, crosswalk
  record_id   text not null,
  field       text,                     -- of differs: the vendor's field; of crosswalk: what is wrong
  believed    boolean,                  -- of differs: the hub believed that all was well
  customer_id uuid
);
create index audit_finding_kind on audit_finding (audit, kind, record_id);
