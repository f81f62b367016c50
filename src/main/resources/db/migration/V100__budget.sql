-- sync: how many requests the hub made of a spoke in a day (UTC), all instances together
create table spoke_use (
  spoke text not null,
  day   date not null,
  n     bigint not null,
  primary key (spoke, day)
);
