-- the rules of matching that are applied to all records, and how far that is
create table match_run (
  id          bigint generated always as identity primary key,
  rules       text not null,              -- the text of matching.yaml
  file_digest bigint not null,            -- of the file that the hub had started with
  started_at  timestamptz not null,
  total       bigint not null,            -- source records when it began
  last        bigint,                     -- the last record to match; null until the blocking keys are made anew
  position    bigint not null default 0,  -- the last record that is done
  done        bigint not null default 0,
  moved       bigint not null default 0,
  finished_at timestamptz
);
