-- sync: since when what is being written is under way, with all tries; null where nothing is
alter table delivery add column intent_at timestamptz;
