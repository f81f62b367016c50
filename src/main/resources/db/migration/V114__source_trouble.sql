-- sync: looks at sources that fail, since when and why; gone after the next one that does not
create table source_trouble (
  look text primary key,
  spoke text not null,
  since timestamptz not null,
  kind text not null,
  failure text not null
);
