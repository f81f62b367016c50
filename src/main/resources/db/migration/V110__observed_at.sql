-- sync: when the hub accepted what made a customer change, from the outbox on until it is delivered; null: no observation did
alter table outbox add column observed_at timestamptz;
alter table delivery add column observed_at timestamptz; -- of the oldest that is not delivered
