-- golden: what stewards pinned. A pin follows the source record that the steward looked at, through merge and unmerge.
create table pin (
  id           bigint generated always as identity primary key,
  spoke        text not null,
  record_id    text not null,
  attribute    text not null,
  value        json,                      -- the pinned value, or
  from_spoke   text,                      -- the source record whose value survives
  from_record  text,
  reason       text not null,
  pinned_by    text not null,
  pinned_at    timestamptz not null,
  retracted_by text,
  retracted_at timestamptz,
  check ((value is null) = (from_spoke is not null and from_record is not null))
);
create unique index pin_in_force on pin (spoke, record_id, attribute) where retracted_at is null;
create index pin_record on pin (spoke, record_id);

-- the rules of survivorship that are applied to all customers, and how far that is
create table survivorship_run (
  id          bigint generated always as identity primary key,
  rules       text not null,              -- the text of survivorship.yaml
  file_digest bigint not null,            -- of the file that the hub had started with
  started_at  timestamptz not null,
  total       bigint not null,            -- customers when it began
  position    uuid,                       -- the last customer that is done
  done        bigint not null default 0,
  changed     bigint not null default 0,
  finished_at timestamptz
);
