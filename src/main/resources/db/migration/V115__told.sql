-- sync: when the hub last wrote a consent into a record; null: as wrote_at. What the record says of consent between the two is
-- not written over
alter table delivery add column told_at timestamptz;
