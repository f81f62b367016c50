-- the preference centre: what a customer does there is a source record of the spoke preference-centre

-- one such record for each record through which a customer acts; it stays with it in merge and unmerge
create table centre_record (
  anchor_spoke  text not null,
  anchor_record text not null,
  record_id     text not null,
  primary key (anchor_spoke, anchor_record)
);

-- links to the preference centre; the token itself is kept nowhere
create table link (
  id            uuid primary key,
  anchor_spoke  text not null,
  anchor_record text not null,
  use           text not null,          -- manage, unsubscribe, confirm
  purpose       text,                   -- what unsubscribe and confirm are about
  channel       text,
  topic         text,
  brand         text,
  address       bytea,                  -- a keyed digest of the address that confirm is about
  created_at    timestamptz not null,
  created_by    text not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,            -- confirm works once
  revoked_at    timestamptz
);
create index link_anchor on link (anchor_spoke, anchor_record);
create index link_expires on link (expires_at);
