-- the preference centre: messages with which customers confirm what is pending. Neither the address nor the token is kept.
create table confirmation (
  id            uuid primary key,
  anchor_spoke  text not null,
  anchor_record text not null,
  purpose       text not null,
  channel       text not null,
  brand         text,                     -- in whose name the page spoke on which it was asked for
  language      text not null,
  link_lifetime text not null,            -- ISO 8601, from the moment of sending
  created_at    timestamptz not null,
  state         text not null,            -- waiting, sent, failed, dropped
  attempts      integer not null default 0,
  due_at        timestamptz not null,
  claimed_until timestamptz,
  sent_at       timestamptz,
  spoke         text,                     -- to which it was handed
  error_kind    text,
  error         text
);
create index confirmation_due on confirmation (due_at) where state = 'waiting';
create index confirmation_failed on confirmation (created_at) where state = 'failed';
create index confirmation_anchor on confirmation (anchor_spoke, anchor_record);
