-- the customer's version that is being written, where that is to tell the record a consent; null: nothing is, or how it ended is noted.
-- What another claim finds here was broken off
alter table delivery add column trying bigint;
